package io.memlake.engine.objects.file;

import io.memlake.engine.objects.pagedout.PageAbsence;
import java.util.ArrayList;
import java.util.List;

/** Gathers holes by rising offset; neighbours with one reason become one. */
final class FileHoles {
  /** Holes that are listed one by one: more make a report that nobody reads. */
  static final int MAXIMUM = 65_536;

  private final List<FileHole> holes = new ArrayList<>();
  private long unlisted;

  void add(long offset, long size, PageAbsence absence) {
    FileHole last = holes.isEmpty() ? null : holes.get(holes.size() - 1);
    if (unlisted == 0
        && last != null
        && last.absence() == absence
        && last.offset() + last.size() == offset) {
      holes.set(holes.size() - 1, new FileHole(last.offset(), last.size() + size, absence));
    } else if (holes.size() < MAXIMUM) {
      holes.add(new FileHole(offset, size, absence));
    } else {
      unlisted += size;
    }
  }

  List<FileHole> list() {
    return List.copyOf(holes);
  }

  /** Bytes of holes behind the last one that is listed. */
  long unlisted() {
    return unlisted;
  }
}
