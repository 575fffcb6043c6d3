package io.memlake.testdata.paging;

import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The frames of a machine with changes on top; the machine itself stays as it was. */
final class ChangedFrames implements FrameSource {
  private static final int ENTRIES = 512;
  private static final int LEVELS = 4;
  private static final int FIRST_SHIFT = 39;
  private static final int BITS = 9;
  private static final long FRAME_MASK = 0x000F_FFFF_FFFF_F000L;
  private static final long LARGE = 1 << 7;
  private static final long TABLE = 0x867;
  private static final int PAGE_SHIFT = 12;

  private final FrameSource frames;
  private final Map<Long, byte[]> changed = new HashMap<>();
  private Set<Long> used;

  ChangedFrames(FrameSource frames) {
    this.frames = frames;
  }

  @Override
  public List<FrameRun> runs() {
    return frames.runs();
  }

  @Override
  public byte[] frame(long pfn) {
    byte[] frame = changed.get(pfn);
    return frame == null ? frames.frame(pfn) : frame;
  }

  @Override
  public boolean isZero(long pfn) {
    return !changed.containsKey(pfn) && frames.isZero(pfn);
  }

  /** A frame for writing. */
  byte[] writable(long pfn) {
    return changed.computeIfAbsent(pfn, number -> frames.frame(number).clone());
  }

  long read(long physicalAddress) {
    byte[] frame = frame(physicalAddress >>> PAGE_SHIFT);
    int at = (int) (physicalAddress & (FRAME - 1));
    long value = 0;
    for (int i = Long.BYTES - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (frame[at + i] & 0xFF);
    }
    return value;
  }

  void write(long physicalAddress, long value) {
    byte[] frame = writable(physicalAddress >>> PAGE_SHIFT);
    int at = (int) (physicalAddress & (FRAME - 1));
    for (int i = 0; i < Long.BYTES; i++) {
      frame[at + i] = (byte) (value >>> (Byte.SIZE * i));
    }
  }

  /**
   * Physical address of the entry for an address at a level, 0 for the top.
   *
   * @return -1 when a table above is not there or the page is a large one
   */
  long entryAt(long dtb, long virtualAddress, int level) {
    long table = dtb;
    for (int i = 0; i < level; i++) {
      long entry = read(table + offset(virtualAddress, i));
      if ((entry & 1) == 0 || (i > 0 && (entry & LARGE) != 0)) {
        return -1;
      }
      table = entry & FRAME_MASK;
    }
    return table + offset(virtualAddress, level);
  }

  /** Physical address behind a virtual one through valid entries alone; -1 when there is none. */
  long physical(long dtb, long virtualAddress) {
    for (int level = 1; level < LEVELS; level++) {
      long at = entryAt(dtb, virtualAddress, level);
      long entry = at < 0 ? 0 : read(at);
      if ((entry & 1) == 0) {
        return -1;
      }
      if (level == LEVELS - 1 || (entry & LARGE) != 0) {
        long inPage = (1L << (FIRST_SHIFT - BITS * level)) - 1;
        return (entry & FRAME_MASK & ~inPage) | (virtualAddress & inPage);
      }
    }
    return -1;
  }

  /** Maps a page to a new frame, with the tables it needs, and returns the frame. */
  long map(long dtb, long virtualAddress, long bits) {
    long table = dtb;
    for (int level = 0; level < LEVELS - 1; level++) {
      long at = table + offset(virtualAddress, level);
      if ((read(at) & 1) == 0) {
        write(at, (newFrame(dtb) << PAGE_SHIFT) | TABLE);
      }
      table = read(at) & FRAME_MASK;
    }
    long pfn = newFrame(dtb);
    write(table + offset(virtualAddress, LEVELS - 1), (pfn << PAGE_SHIFT) | bits);
    return pfn;
  }

  long newFrame(long dtb) {
    if (used == null) {
      used = new HashSet<>();
    }
    addUsed(dtb);
    List<FrameRun> runs = runs();
    for (int i = runs.size() - 1; i >= 0; i--) {
      for (long pfn = runs.get(i).endPfn() - 1; pfn >= runs.get(i).firstPfn(); pfn--) {
        if (isZero(pfn) && used.add(pfn)) {
          writable(pfn);
          return pfn;
        }
      }
    }
    throw new IllegalStateException("RAM is too small to map more pages; ask for more");
  }

  /** Frames that a space maps are in use even when they were never written. */
  void addUsed(long dtb) {
    if (used == null) {
      used = new HashSet<>();
    }
    if (used.add(dtb >>> PAGE_SHIFT)) {
      addUsed(dtb, 0);
    }
  }

  private void addUsed(long table, int level) {
    for (int i = 0; i < ENTRIES; i++) {
      long entry = read(table + (long) i * Long.BYTES);
      long frame = entry & FRAME_MASK;
      if ((entry & 1) == 0) {
        continue;
      }
      boolean large = level > 0 && level < LEVELS - 1 && (entry & LARGE) != 0;
      long count = large ? 1L << (BITS * (LEVELS - 1 - level)) : 1;
      boolean isNew = used.add(frame >>> PAGE_SHIFT);
      for (long more = 1; more < count; more++) {
        used.add((frame >>> PAGE_SHIFT) + more);
      }
      if (isNew && !large && level < LEVELS - 1) {
        addUsed(frame, level + 1);
      }
    }
  }

  /** Bytes from the start of a table to the entry for an address. */
  private static long offset(long virtualAddress, int level) {
    return ((virtualAddress >>> (FIRST_SHIFT - BITS * level)) & (ENTRIES - 1)) * Long.BYTES;
  }
}
