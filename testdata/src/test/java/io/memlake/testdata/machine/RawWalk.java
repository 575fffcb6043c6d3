package io.memlake.testdata.machine;

import io.memlake.testdata.image.FrameSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads virtual memory from bare frames, by the processor's rules and nothing else: the check that
 * page tables say what the machine meant.
 */
final class RawWalk {

  private static final long FRAME_MASK = 0x000FFFFFFFFFF000L;
  private static final long LARGE_MASK = 0x000FFFFFFFE00000L;

  private final FrameSource frames;
  private final long dtb;

  RawWalk(FrameSource frames, long dtb) {
    this.frames = frames;
    this.dtb = dtb;
  }

  /** The physical address, or -1 when an entry on the way is not present. */
  long physical(long virtualAddress) {
    long table = dtb;
    for (int shift = 39; shift >= 12; shift -= 9) {
      long entry = number(table + (virtualAddress >>> shift & 0x1FF) * 8);
      if ((entry & 1) == 0) {
        return -1;
      }
      if (shift == 21 && (entry & 0x80) != 0) {
        return (entry & LARGE_MASK) + (virtualAddress & 0x1FFFFF);
      }
      table = entry & FRAME_MASK;
    }
    return table + (virtualAddress & 0xFFF);
  }

  long number(long physicalAddress) {
    return ByteBuffer.wrap(frames.frame(physicalAddress >>> 12))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong((int) (physicalAddress & 0xFFF));
  }

  long readLong(long virtualAddress) {
    return number(physical(virtualAddress));
  }

  byte[] read(long virtualAddress, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      long at = physical(virtualAddress + i);
      bytes[i] = frames.frame(at >>> 12)[(int) (at & 0xFFF)];
    }
    return bytes;
  }
}
