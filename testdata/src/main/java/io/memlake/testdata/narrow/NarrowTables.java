package io.memlake.testdata.narrow;

import io.memlake.testdata.memory.Frames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Page tables of one address space of 32-bit Windows. With PAE four directories of 512 entries of 8
 * bytes stand behind a root of 32 bytes; without, one directory of 1024 entries of 4 bytes. Both
 * map themselves from {@code C0000000} on.
 */
final class NarrowTables {
  static final int PAGE = 0x1000;

  private static final long KERNEL_HALF = 0x8000_0000L;
  private static final long SELF_MAP = 0xC000_0000L;
  private static final long SELF_MAP_END = 0xC080_0000L;
  private static final long TABLE = 0x67;
  private static final long KERNEL_TABLE = 0x63;
  private static final long LARGE = 0x80;
  private static final long FRAME = 0x000F_FFFF_FFFF_F000L;
  private static final int DIRECTORIES = 4;

  private final Frames frames;
  private final boolean pae;
  private final long dtb;

  /**
   * Makes empty tables that map themselves.
   *
   * @param dtb where the root lies; without PAE the directory itself. Its frame is taken
   * @param directories with PAE the frame of the first of four directories in a row, already taken,
   *     or 0 for any frames
   */
  NarrowTables(Frames frames, boolean pae, long dtb, long directories) {
    this.frames = frames;
    this.pae = pae;
    this.dtb = dtb;
    if (!pae) {
      writeEntry(dtb + (SELF_MAP >>> 22) * Integer.BYTES, dtb | KERNEL_TABLE);
      return;
    }
    long[] pfns = new long[DIRECTORIES];
    for (int i = 0; i < DIRECTORIES; i++) {
      pfns[i] = directories == 0 ? frames.take() : directories + i;
      writeEntry(dtb + (long) i * Long.BYTES, (pfns[i] << 12) | 1);
    }
    for (int i = 0; i < DIRECTORIES; i++) {
      writeEntry((pfns[DIRECTORIES - 1] << 12) + (long) i * Long.BYTES, (pfns[i] << 12) | 0x63);
    }
  }

  long dtb() {
    return dtb;
  }

  /** Bytes of an entry. */
  int entrySize() {
    return pae ? Long.BYTES : Integer.BYTES;
  }

  /** Maps a page. */
  void map(long virtualAddress, long pfn, long bits) {
    writeEntry(entryAt(virtualAddress), (pfn << 12) | bits);
  }

  /** Maps a large page of 2 MiB; with PAE only. */
  void mapLarge(long virtualAddress, long pfn, long bits) {
    writeEntry(directoryEntryAt(virtualAddress), (pfn << 12) | bits | LARGE);
  }

  /** Makes sure that an address has a table, so that spaces that share it see what comes later. */
  void ensureTable(long virtualAddress) {
    entryAt(virtualAddress);
  }

  /** Physical address of the entry of a page; makes its table. */
  long entryAt(long virtualAddress) {
    long above = directoryEntryAt(virtualAddress);
    if ((readEntry(above) & 1) == 0) {
      long bits = virtualAddress >= KERNEL_HALF ? KERNEL_TABLE : TABLE;
      writeEntry(above, (frames.take() << 12) | bits);
    }
    int index = (int) (virtualAddress >>> 12) & (PAGE / entrySize() - 1);
    return (readEntry(above) & FRAME) + (long) index * entrySize();
  }

  private long directoryEntryAt(long virtualAddress) {
    if (!pae) {
      return dtb + (virtualAddress >>> 22) * Integer.BYTES;
    }
    long directory = readEntry(dtb + (virtualAddress >>> 30) * Long.BYTES) & FRAME;
    return directory + ((virtualAddress >>> 21) & 511) * Long.BYTES;
  }

  /** Sees the kernel half as another space does, but for the tables themselves. */
  void shareKernel(NarrowTables kernel) {
    long step = pae ? 1L << 21 : 1L << 22;
    for (long at = KERNEL_HALF; at < 1L << 32; at += step) {
      long entry = readEntry(kernel.directoryEntryAt(at));
      if (entry != 0 && (at < SELF_MAP || at >= SELF_MAP_END)) {
        writeEntry(directoryEntryAt(at), entry);
      }
    }
  }

  /** Physical address behind a virtual one through valid entries; -1 when there is none. */
  long physical(long virtualAddress) {
    long above = readEntry(directoryEntryAt(virtualAddress));
    if ((above & 1) == 0) {
      return -1;
    }
    if ((above & LARGE) != 0) {
      long inPage = (pae ? 1L << 21 : 1L << 22) - 1;
      return (above & FRAME & ~inPage) | (virtualAddress & inPage);
    }
    long entry = readEntry(entryAt(virtualAddress));
    return (entry & 1) == 0 ? -1 : (entry & FRAME) | (virtualAddress & (PAGE - 1));
  }

  long readEntry(long physicalAddress) {
    ByteBuffer frame = frame(frames.read(physicalAddress >>> 12));
    int at = (int) physicalAddress & (PAGE - 1);
    return pae ? frame.getLong(at) : frame.getInt(at) & 0xFFFF_FFFFL;
  }

  void writeEntry(long physicalAddress, long entry) {
    ByteBuffer frame = frame(frames.content(physicalAddress >>> 12));
    int at = (int) physicalAddress & (PAGE - 1);
    if (pae) {
      frame.putLong(at, entry);
    } else {
      frame.putInt(at, (int) entry);
    }
  }

  private static ByteBuffer frame(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
