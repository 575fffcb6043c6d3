package io.memlake.engine.artifacts.vad;

import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.objects.vad.MappedPages;
import io.memlake.engine.objects.vad.PrototypeFrames;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.paging.MappingFlags;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;

/**
 * Pages of one range, by what the page tables say.
 *
 * @param present pages in a frame or in a page file
 * @param executable of these, pages that user code may execute
 * @param copied of these, pages of a view that the section behind it does not hold in the same
 *     frame: copies of this process
 */
record PageTally(long present, long executable, long copied) {

  /** Counts the pages of {@code node} among {@code pages}. */
  static PageTally of(ProcessView view, MappedPages pages, VadNode node) throws IOException {
    PrototypeFrames prototypes =
        new PrototypeFrames(view.space().orElseThrow(), view.sectionReader());
    long present = 0;
    long executable = 0;
    long copied = 0;
    for (int run = pages.firstBehind(node.start());
        run < pages.size() && pages.start(run) <= node.end();
        run++) {
      long from = Math.max(pages.start(run), node.start());
      long to = Math.min(pages.end(run), node.end() + 1);
      long count = (to - from) >>> PhysicalMemory.PAGE_SHIFT;
      present += count;
      executable += (pages.flags(run) & MappingFlags.EXECUTABLE) != 0 ? count : 0;
      if (node.hasPrototypes()) {
        copied += copied(prototypes, pages, run, node, from, to);
      }
    }
    return new PageTally(present, executable, copied);
  }

  private static long copied(
      PrototypeFrames prototypes, MappedPages pages, int run, VadNode node, long from, long to)
      throws IOException {
    int flags = pages.flags(run);
    if ((flags & MappingFlags.PROTOTYPE) != 0) {
      return 0;
    }
    if ((flags & MappingFlags.NOT_VALID) != 0 || pages.pfn(run) == MappedPages.NO_FRAME) {
      return (to - from) >>> PhysicalMemory.PAGE_SHIFT;
    }
    long copied = 0;
    for (long at = from; at < to; at += PhysicalMemory.PAGE_SIZE) {
      long pfn = pages.pfn(run) + ((at - pages.start(run)) >>> PhysicalMemory.PAGE_SHIFT);
      long shared = prototypes.frameOf(node, at);
      copied += shared != PrototypeFrames.UNKNOWN && shared != pfn ? 1 : 0;
    }
    return copied;
  }
}
