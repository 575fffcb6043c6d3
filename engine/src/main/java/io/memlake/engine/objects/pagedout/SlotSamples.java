package io.memlake.engine.objects.pagedout;

import io.memlake.engine.paging.MappingVisitor;
import io.memlake.engine.paging.pagefile.PageFile;
import io.memlake.engine.paging.pagefile.PageFileCheck;
import io.memlake.engine.paging.pagefile.PageSlots;
import java.io.IOException;
import java.util.Arrays;

/** Slots of page files that page tables name, spread over what was walked. */
final class SlotSamples implements MappingVisitor {
  /** Slots of one file that are kept: read in about a second from a slow disk. */
  private static final int KEPT = 2048;

  private final long[][] slots = new long[PageSlots.MAX_NUMBERS][KEPT];
  private final long[] seen = new long[PageSlots.MAX_NUMBERS];

  @Override
  public void frames(long virtualAddress, long firstPfn, long pages, int flags) {}

  @Override
  public void pageFile(long virtualAddress, int number, long firstPage, long pages, int flags) {
    // One of a run says as much as all of it; later runs take the place of earlier ones.
    slots[number][(int) (seen[number]++ % KEPT)] = firstPage;
  }

  /** Whether nothing more needs to be walked for this file. */
  boolean isEnough(int number) {
    return seen[number] >= KEPT;
  }

  /** Shows what was kept to a check, in the order of the file. */
  void check(PageFile file, PageFileCheck check) throws IOException {
    int count = (int) Math.min(seen[file.number()], KEPT);
    long[] sorted = Arrays.copyOf(slots[file.number()], count);
    Arrays.sort(sorted);
    for (int i = 0; i < count; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        check.reference(sorted[i]);
      }
    }
  }
}
