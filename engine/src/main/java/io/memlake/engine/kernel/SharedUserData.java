package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code KUSER_SHARED_DATA}, the page that every address space of every Windows maps at one fixed
 * address. Its first fields have not moved since Windows 2000, so it tests page tables, and it
 * tells clock and version. Offsets: ntddk.h.
 */
public final class SharedUserData {
  /** Where the kernel maps it on 64-bit Windows. */
  public static final long VIRTUAL_ADDRESS = 0xFFFFF780_00000000L;

  /** Where the kernel maps it on 32-bit Windows. */
  static final long VIRTUAL_ADDRESS_32 = 0xFFDF_0000L;

  private static final int SIZE = 0x400;
  private static final int INTERRUPT_TIME = 0x08;
  private static final int SYSTEM_TIME = 0x14;
  private static final int TIME_ZONE_BIAS = 0x20;
  private static final int SYSTEM_ROOT = 0x30;
  private static final int SYSTEM_ROOT_BYTES = 260 * Character.BYTES;
  private static final int NT_BUILD_NUMBER = 0x260;
  private static final int NT_PRODUCT_TYPE = 0x264;
  private static final int NT_MAJOR_VERSION = 0x26C;
  private static final int NT_MINOR_VERSION = 0x270;
  private static final int ACTIVE_PROCESSOR_COUNT = 0x3C0;
  private static final long TICKS_PER_MINUTE = 60L * 10_000_000;

  private final byte[] bytes;

  private SharedUserData(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The page as {@code space} maps it; empty when it is absent or not like one. */
  public static Optional<SharedUserData> read(AddressSpace space) throws IOException {
    return space
        .map(addressIn(space), SIZE)
        .map(SharedUserData::new)
        .filter(SharedUserData::plausible);
  }

  /** Where the kernel of this space maps the page. */
  static long addressIn(AddressSpace space) {
    return space.pointerSize() == Long.BYTES ? VIRTUAL_ADDRESS : VIRTUAL_ADDRESS_32;
  }

  private boolean plausible() {
    int major = ntMajorVersion();
    char drive = (char) LittleEndian.u16(bytes, SYSTEM_ROOT);
    return (major == 5 || major == 6 || major == 10)
        && ntMinorVersion() <= 4
        && Character.isLetter(drive)
        && LittleEndian.u16(bytes, SYSTEM_ROOT + 2) == ':'
        && LittleEndian.u16(bytes, SYSTEM_ROOT + 4) == '\\';
  }

  /** For instance 10. */
  public int ntMajorVersion() {
    return LittleEndian.i32(bytes, NT_MAJOR_VERSION);
  }

  /** For instance 0. */
  public int ntMinorVersion() {
    return LittleEndian.i32(bytes, NT_MINOR_VERSION);
  }

  /** Build number; kept here since Windows 10, 0 before. */
  public int ntBuildNumber() {
    return LittleEndian.i32(bytes, NT_BUILD_NUMBER) & 0xFFFF;
  }

  /** 1 workstation, 2 domain controller, 3 server. */
  public int ntProductType() {
    return LittleEndian.i32(bytes, NT_PRODUCT_TYPE);
  }

  /** The Windows folder, for instance {@code C:\Windows}. */
  public String systemRoot() {
    String text = new String(bytes, SYSTEM_ROOT, SYSTEM_ROOT_BYTES, StandardCharsets.UTF_16LE);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** Time of the system's clock, in 100 ns since 1601 UTC. */
  public long systemTime() {
    return ticks(SYSTEM_TIME);
  }

  /** Time since the start of the system, in 100 ns. */
  public long interruptTime() {
    return ticks(INTERRUPT_TIME);
  }

  /** Minutes to add to local time to get UTC. */
  public int timeZoneBiasMinutes() {
    return (int) (ticks(TIME_ZONE_BIAS) / TICKS_PER_MINUTE);
  }

  /** Number of active processors; kept here since Windows 7, 0 before. */
  public int activeProcessorCount() {
    return LittleEndian.i32(bytes, ACTIVE_PROCESSOR_COUNT);
  }

  private long ticks(int offset) {
    return LittleEndian.i64(bytes, offset);
  }
}
