package io.memlake.engine.extract;

import io.memlake.engine.extract.ProcessRegions.Range;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PageAccount;
import io.memlake.engine.objects.pagedout.PageAccounts;
import io.memlake.engine.objects.pagedout.PageSource;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.vad.SectionReader;
import io.memlake.engine.objects.vad.VadReader;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;

/**
 * Tells of each page of a process where its bytes are, without reading them. Pages in frames cost a
 * translation each; only what left RAM is looked at more closely.
 */
public final class ProcessPages {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final Machine machine;
  private final PageAccounts accounts;
  private final VadReader reader;
  private final SectionReader sections;

  private ProcessPages(PagedOutMachine pagedOut) {
    this.machine = pagedOut.machine();
    this.accounts = pagedOut.accounts();
    this.reader = VadReader.of(machine.symbols());
    this.sections = SectionReader.of(machine.symbols());
  }

  /**
   * Pages of the processes of a machine.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols do not describe
   *     address descriptors
   */
  public static ProcessPages of(PagedOutMachine pagedOut) {
    return new ProcessPages(pagedOut);
  }

  /** Receives regions by rising start, and the pages of each that can be had. */
  public interface Visitor {
    /** The pages that follow are of this region. */
    void region(MemoryRegion region) throws IOException;

    /**
     * A page.
     *
     * @param space where it can be read
     * @param source where Windows has it; pages that were never touched are not shown
     * @param number number of its page file or of the store, else -1
     * @param place physical address, or offset in the page file
     */
    void page(
        PagedAddressSpace space, long virtualAddress, PageSource source, int number, long place)
        throws IOException;
  }

  /**
   * Shows the pages of ranges of the kernel.
   *
   * @param regions page-aligned ranges, by rising start
   */
  public void visitKernel(List<MemoryRegion> regions, Visitor visitor) throws IOException {
    PagedAddressSpace space = machine.kernelSpace();
    for (MemoryRegion region : regions) {
      visitor.region(region);
      long at = region.start();
      while (at - 1 < region.end()) {
        long bare = space.uncovered(at);
        if (bare > 0) {
          at += Math.min(bare, region.end() - at + 1);
        } else {
          page(space, at, visitor);
          at += PAGE;
        }
      }
    }
  }

  /** Shows all pages of a process. */
  public void visit(Eprocess process, Visitor visitor) throws IOException {
    machine.owners().add(process.directoryTableBase(), process.virtualAddress());
    PagedAddressSpace space = machine.space(process.directoryTableBase());
    ProcessRegions regions =
        ProcessRegions.of(machine, space, process.virtualAddress(), reader, sections);
    for (Range range : regions.ranges()) {
      visitor.region(range.region());
      long at = range.region().start();
      long end = range.region().end();
      while (at - 1 < end) {
        // Nothing lies behind missing tables but what a prototype entry leads to.
        long bare = range.node() != null && range.node().hasPrototypes() ? 0 : space.uncovered(at);
        if (bare > 0) {
          at += Math.min(bare, end - at + 1);
        } else {
          page(space, at, visitor);
          at += PAGE;
        }
      }
    }
  }

  private void page(PagedAddressSpace space, long at, Visitor visitor) throws IOException {
    long physical = space.translate(at);
    if (physical != AddressSpace.ABSENT) {
      visitor.page(space, at, PageSource.FRAME, -1, physical);
      return;
    }
    PageAccount account = accounts.of(space, at);
    if (account.isPresent() && account.source() != PageSource.ZERO) {
      visitor.page(space, at, account.source(), account.number(), account.place());
    }
  }
}
