package io.memlake.engine.artifacts.injection;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.pe.PeImage;

/**
 * A PE header found at the start of a page, whole or with its first bytes erased.
 *
 * @param address where the page starts
 * @param mz whether {@code MZ} still stands there
 * @param bits 64 or 32
 * @param timestamp its {@code TimeDateStamp}
 * @param imageSize its {@code SizeOfImage}
 */
record HeaderTrace(long address, boolean mz, int bits, long timestamp, long imageSize) {
  private static final int SIGNATURE = 0x4550;
  private static final int E_LFANEW = 0x3C;
  private static final int MAGIC_32 = 0x10B;
  private static final int MAGIC_64 = 0x20B;
  private static final int MACHINE_X64 = 0x8664;
  private static final int MACHINE_X86 = 0x14C;
  private static final int OPTIONAL_HEADER = 24;
  private static final int ROOM = OPTIONAL_HEADER + 112;

  /** Linkers put the signature below this offset; without MZ it is searched so far. */
  private static final int SEARCHED = 0x400;

  private static final int STEP = 8;

  /** The header in a page; null when there is none. */
  static HeaderTrace in(byte[] page, long address) {
    boolean mz = LittleEndian.u16(page, 0) == PeImage.MZ;
    if (mz) {
      long at = LittleEndian.u32(page, E_LFANEW);
      return at <= page.length - ROOM ? header(page, (int) at, address, true) : null;
    }
    for (int at = 0; at < SEARCHED; at += STEP) {
      if (LittleEndian.i32(page, at) == SIGNATURE) {
        HeaderTrace found = header(page, at, address, false);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static HeaderTrace header(byte[] page, int at, long address, boolean mz) {
    int machine = LittleEndian.u16(page, at + 4);
    int magic = LittleEndian.u16(page, at + OPTIONAL_HEADER);
    boolean is64 = machine == MACHINE_X64 && magic == MAGIC_64;
    boolean is32 = machine == MACHINE_X86 && magic == MAGIC_32;
    if (LittleEndian.i32(page, at) != SIGNATURE || !(is64 || is32)) {
      return null;
    }
    return new HeaderTrace(
        address,
        mz,
        is64 ? 64 : 32,
        LittleEndian.u32(page, at + 8),
        LittleEndian.u32(page, at + OPTIONAL_HEADER + 56));
  }
}
