package io.memlake.engine.paging;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Recognizes how a machine pages from its RAM alone.
 *
 * <p>Every Windows maps the page {@code KUSER_SHARED_DATA} at addresses that never changed, and
 * keeps the version of the system at fixed offsets in it. Tables that lead there in one mode lead
 * elsewhere, or nowhere, in another.
 */
public final class PagingModes {
  private static final long KERNEL_64 = 0xFFFF_F780_0000_0000L;
  private static final long KERNEL_32 = 0xFFDF_0000L;
  private static final long USER = 0x7FFE_0000L;

  /** {@code KUSER_SHARED_DATA.NtMajorVersion}; the minor version follows. */
  private static final int NT_MAJOR_VERSION = 0x26C;

  private static final int OLDEST_MAJOR = 5;
  private static final int NEWEST_MAJOR = 10;
  private static final int HIGHEST_MINOR = 3;

  private static final List<PagingMode> MODES =
      List.of(PagingMode.X64, PagingMode.X64_LA57, PagingMode.PAE, PagingMode.X86);

  private PagingModes() {}

  /**
   * The mode in which the tables at {@code cr3} map the shared page of Windows.
   *
   * @return empty when they do so in no mode, or when the page is not in the evidence
   */
  public static Optional<PagingMode> recognize(PhysicalMemory memory, long cr3) throws IOException {
    for (PagingMode mode : MODES) {
      if (mapsSharedPage(memory, mode, cr3)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  private static boolean mapsSharedPage(PhysicalMemory memory, PagingMode mode, long cr3)
      throws IOException {
    PagedAddressSpace space =
        AddressSpaces.open(mode, memory, cr3, PteLayout.of(mode), PagedOutPages.NONE);
    long kernel = mode.pointerSize() == Long.BYTES ? KERNEL_64 : KERNEL_32;
    return isSharedPage(space, kernel) || isSharedPage(space, USER);
  }

  private static boolean isSharedPage(AddressSpace space, long page) throws IOException {
    byte[] version = new byte[8];
    if (!space.read(page + NT_MAJOR_VERSION, version, 0, version.length)) {
      return false;
    }
    long major = LittleEndian.u32(version, 0);
    long minor = LittleEndian.u32(version, 4);
    return major >= OLDEST_MAJOR && major <= NEWEST_MAJOR && minor <= HIGHEST_MINOR;
  }
}
