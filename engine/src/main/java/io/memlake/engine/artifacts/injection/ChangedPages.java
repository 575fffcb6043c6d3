package io.memlake.engine.artifacts.injection;

import io.memlake.engine.objects.vad.MappedPages;
import io.memlake.engine.objects.vad.PrototypeFrames;
import io.memlake.engine.objects.vad.SectionReader;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.paging.MappingFlags;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Executable pages of a mapped executable that the process changed: it maps a copy of its own, and
 * the bytes of the copy are not those that the section still holds.
 *
 * @param changed how many
 * @param first address of the first byte that differs, 0 when none does
 * @param bytes what stands there, up to 64
 * @param reference what the section holds there
 */
record ChangedPages(long changed, long first, ByteBuffer bytes, ByteBuffer reference) {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;
  private static final int SHOWN = 64;

  /** Nothing was changed. */
  static final ChangedPages NONE =
      new ChangedPages(0, 0, ByteBuffer.allocate(0), ByteBuffer.allocate(0));

  /** Compares the executable pages of {@code node}. */
  static ChangedPages of(
      PagedAddressSpace space, SectionReader sections, MappedPages pages, VadNode node)
      throws IOException {
    return new Comparison(space, sections, node).over(pages);
  }

  private static final class Comparison {
    private final PagedAddressSpace space;
    private final PrototypeFrames prototypes;
    private final VadNode node;
    private final byte[] own = new byte[PAGE];
    private final byte[] shared = new byte[PAGE];
    private long changed;
    private ChangedPages found = NONE;

    Comparison(PagedAddressSpace space, SectionReader sections, VadNode node) {
      this.space = space;
      this.prototypes = new PrototypeFrames(space, sections);
      this.node = node;
    }

    ChangedPages over(MappedPages pages) throws IOException {
      for (int run = pages.firstBehind(node.start());
          run < pages.size() && pages.start(run) <= node.end();
          run++) {
        int flags = pages.flags(run);
        boolean own = (flags & MappingFlags.PROTOTYPE) == 0;
        if (!own || (flags & MappingFlags.EXECUTABLE) == 0) {
          continue;
        }
        long from = Math.max(pages.start(run), node.start());
        long to = Math.min(pages.end(run), node.end() + 1);
        for (long at = from; at < to; at += PAGE) {
          long distance = (at - pages.start(run)) >>> PhysicalMemory.PAGE_SHIFT;
          long pfn = pages.pfn(run) < 0 ? pages.pfn(run) : pages.pfn(run) + distance;
          compare(at, pfn);
        }
      }
      return new ChangedPages(changed, found.first, found.bytes, found.reference);
    }

    private void compare(long at, long pfn) throws IOException {
      long frame = prototypes.frameOf(node, at);
      if (frame < 0
          || frame == pfn
          || !space.memory().read(frame << PhysicalMemory.PAGE_SHIFT, shared, 0, PAGE)
          || !space.read(at, own, 0, PAGE)) {
        return;
      }
      int difference = Arrays.mismatch(own, shared);
      if (difference < 0) {
        return;
      }
      if (changed == 0) {
        int end = Math.min(PAGE, difference + SHOWN);
        found =
            new ChangedPages(
                1,
                at + difference,
                ByteBuffer.wrap(Arrays.copyOfRange(own, difference, end)),
                ByteBuffer.wrap(Arrays.copyOfRange(shared, difference, end)));
      }
      changed++;
    }
  }
}
