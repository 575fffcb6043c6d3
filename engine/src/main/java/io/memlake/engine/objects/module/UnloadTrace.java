package io.memlake.engine.objects.module;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.ExportTable;
import io.memlake.engine.pe.PeImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ring in which {@code ntdll.dll} remembers the last 64 modules that a process unloaded ({@code
 * RTL_UNLOAD_EVENT_TRACE}). The exported {@code RtlGetUnloadEventTrace} returns its address and
 * nothing else, so the address stands in its one instruction.
 */
public final class UnloadTrace {
  private static final String FUNCTION = "RtlGetUnloadEventTrace";
  private static final int ENTRIES = 64;
  private static final int NAME_BYTES = 64;
  private static final int CODE_BYTES = 8;
  private static final int RETURN = 0xC3;

  /** lea rax, [rip + displacement]; ret. */
  private static final int LEA_RAX = 0x058D48;

  /** mov eax, address; ret. */
  private static final int MOV_EAX = 0xB8;

  /** Since Windows 7 two numbers of a version stand behind the name. */
  private static final int VERSION_BYTES = 8;

  private static final int FIRST_BUILD_WITH_VERSION = 7600;
  private static final long PAGE_MASK = 0xFFF;
  private static final long MAXIMUM_SIZE = 1L << 31;

  private UnloadTrace() {}

  /**
   * A module that was unloaded.
   *
   * @param entry virtual address of the record
   * @param slot place in the ring
   * @param sequence how many modules the process unloaded before
   * @param base where it was loaded
   * @param size its bytes
   * @param name its file name, up to 32 characters
   */
  public record Unloaded(long entry, int slot, long sequence, long base, long size, String name) {}

  /**
   * The ring of the {@code ntdll.dll} at {@code base}.
   *
   * @param build of Windows
   * @return by sequence; empty when the library is absent or the function is not as it is known
   */
  public static List<Unloaded> read(AddressSpace space, long base, int build) throws IOException {
    Optional<PeImage> ntdll = PeImage.at(space, base);
    if (ntdll.isEmpty()) {
      return List.of();
    }
    boolean wide = ntdll.get().is64Bit();
    OptionalLong function = ExportTable.find(space, ntdll.get(), FUNCTION);
    long ring = function.isEmpty() ? 0 : ring(space, function.getAsLong(), wide);
    if (ring == 0) {
      return List.of();
    }
    int pointers = wide ? 2 * Long.BYTES : 2 * Integer.BYTES;
    int length = pointers + 3 * Integer.BYTES + NAME_BYTES;
    int size = length + (build >= FIRST_BUILD_WITH_VERSION ? VERSION_BYTES : 0);
    int stride = wide ? (size + 7) & ~7 : size;
    List<Unloaded> found = new ArrayList<>();
    byte[] entry = new byte[length];
    for (int slot = 0; slot < ENTRIES; slot++) {
      long at = ring + (long) slot * stride;
      if (space.read(at, entry, 0, length)) {
        unloaded(entry, at, slot, wide).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparingLong(Unloaded::sequence));
    return found;
  }

  private static long ring(AddressSpace space, long function, boolean wide) throws IOException {
    byte[] code = new byte[CODE_BYTES];
    if (!space.read(function, code, 0, CODE_BYTES)) {
      return 0;
    }
    if (wide) {
      boolean known =
          (LittleEndian.i32(code, 0) & 0xFFFFFF) == LEA_RAX && LittleEndian.u8(code, 7) == RETURN;
      return known ? function + 7 + LittleEndian.i32(code, 3) : 0;
    }
    boolean known = LittleEndian.u8(code, 0) == MOV_EAX && LittleEndian.u8(code, 5) == RETURN;
    return known ? LittleEndian.u32(code, 1) : 0;
  }

  private static Optional<Unloaded> unloaded(byte[] entry, long at, int slot, boolean wide) {
    int width = wide ? Long.BYTES : Integer.BYTES;
    long base = wide ? LittleEndian.i64(entry, 0) : LittleEndian.u32(entry, 0);
    long size = wide ? LittleEndian.i64(entry, width) : LittleEndian.u32(entry, width);
    String name = Utf16.untilNul(entry, 2 * width + 3 * Integer.BYTES, NAME_BYTES);
    if (base <= 0 || (base & PAGE_MASK) != 0 || size <= 0 || size > MAXIMUM_SIZE) {
      return Optional.empty();
    }
    return Optional.of(
        new Unloaded(at, slot, LittleEndian.u32(entry, 2 * width), base, size, name));
  }
}
