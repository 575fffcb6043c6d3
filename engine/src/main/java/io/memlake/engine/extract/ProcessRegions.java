package io.memlake.engine.extract;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.vad.SectionReader;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadReader;
import io.memlake.engine.objects.vad.VadSection;
import io.memlake.engine.objects.vad.VadTree;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.engine.paging.MappingVisitor;
import io.memlake.engine.paging.PageTableWalker;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What of a process is extracted: the ranges that descriptors list, and pages that page tables map
 * outside of them, which is where things hide.
 *
 * @param ranges by rising start
 * @param notes lost descriptors, in words
 */
record ProcessRegions(List<Range> ranges, List<String> notes) {

  /**
   * One region.
   *
   * @param node its descriptor, null for unlisted pages
   */
  record Range(MemoryRegion region, VadNode node) {}

  static ProcessRegions of(
      Machine machine,
      PagedAddressSpace space,
      long eprocess,
      VadReader reader,
      SectionReader sections)
      throws IOException {
    VadTree tree = eprocess == 0 ? VadTree.EMPTY : reader.tree(space, eprocess);
    List<String> notes = new ArrayList<>();
    tree.gaps().forEach(gap -> notes.add(gap.toString()));
    List<Range> ranges = new ArrayList<>();
    for (VadNode node : tree.nodes()) {
      String file =
          node.hasPrototypes()
              ? sections.section(space, node).map(VadSection::fileName).orElse("")
              : "";
      ranges.add(
          new Range(
              new MemoryRegion(node.start(), node.end(), node.protectionName(), typeOf(node), file),
              node));
    }
    Unlisted unlisted = new Unlisted(tree);
    PageTableWalker.walkOwn(space, machine.kernelSpace(), unlisted);
    ranges.addAll(unlisted.ranges());
    if (unlisted.cut) {
      notes.add("More than " + Unlisted.MAXIMUM + " ranges are mapped without descriptor");
    }
    ranges.sort(Comparator.comparing(range -> range.region().start(), Long::compareUnsigned));
    return new ProcessRegions(ranges, notes);
  }

  private static String typeOf(VadNode node) {
    if (node.type() == VadType.IMAGE_MAP) {
      return "image";
    }
    return node.privateMemory() ? "private" : "mapped";
  }

  /** Collects user pages that no descriptor lists. */
  private static final class Unlisted implements MappingVisitor {
    /** Ranges that are kept; a sound process has none. */
    static final int MAXIMUM = 1 << 16;

    private final VadTree tree;
    private final List<long[]> runs = new ArrayList<>();
    private boolean cut;

    Unlisted(VadTree tree) {
      this.tree = tree;
    }

    @Override
    public void frames(long virtualAddress, long firstPfn, long pages, int flags) {
      add(virtualAddress, pages);
    }

    @Override
    public void pageFile(long virtualAddress, int number, long firstPage, long pages, int flags) {
      add(virtualAddress, pages);
    }

    private void add(long virtualAddress, long pages) {
      if (virtualAddress < 0) {
        return;
      }
      long end = virtualAddress + (pages << PhysicalMemory.PAGE_SHIFT);
      for (long at = virtualAddress; at < end; ) {
        VadNode node = tree.find(at);
        if (node != null) {
          at = node.end() + 1;
        } else {
          addPage(at);
          at += PhysicalMemory.PAGE_SIZE;
        }
      }
    }

    private void addPage(long at) {
      long[] last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && last[1] == at) {
        last[1] = at + PhysicalMemory.PAGE_SIZE;
      } else if (runs.size() < MAXIMUM) {
        runs.add(new long[] {at, at + PhysicalMemory.PAGE_SIZE});
      } else {
        cut = true;
      }
    }

    /** Runs of frames and of page files come in two orders: they are put together here. */
    List<Range> ranges() {
      runs.sort(Comparator.comparingLong(run -> run[0]));
      List<Range> ranges = new ArrayList<>();
      for (int i = 0; i < runs.size(); i++) {
        long start = runs.get(i)[0];
        long end = runs.get(i)[1];
        while (i + 1 < runs.size() && runs.get(i + 1)[0] <= end) {
          end = Math.max(end, runs.get(++i)[1]);
        }
        ranges.add(new Range(new MemoryRegion(start, end - 1, "", "unlisted", ""), null));
      }
      return ranges;
    }
  }
}
