package io.memlake.testdata.narrow;

import io.memlake.testdata.memory.Frames;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the ranges of processes held before any page of them left RAM. */
final class NarrowContents {
  private static final int PAGE = NarrowTables.PAGE;

  private final Map<Key, byte[]> pages = new HashMap<>();

  private record Key(long pid, long page) {}

  /** Keeps what a process has now. */
  void keep(long pid, NarrowProcess process, Frames frames) {
    for (NarrowRange range : process.ranges()) {
      for (long page = range.start(); page < range.end(); page += PAGE) {
        long at = process.space().tables().physical(page);
        if (at >= 0) {
          pages.put(new Key(pid, page), frames.read(at >>> 12).clone());
        }
      }
    }
  }

  /** Makes a page one that was never touched. */
  void zero(long pid, long page) {
    pages.put(new Key(pid, page), new byte[PAGE]);
  }

  /** What a page held; empty when it had no frame. */
  Optional<byte[]> of(long pid, long virtualAddress) {
    return Optional.ofNullable(pages.get(new Key(pid, virtualAddress & -PAGE)));
  }
}
