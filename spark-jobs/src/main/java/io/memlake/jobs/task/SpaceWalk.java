package io.memlake.jobs.task;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.MappingVisitor;
import io.memlake.engine.paging.PageTableCounts;
import io.memlake.engine.paging.PageTableWalker;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.ReverseMapBuilder;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.schemas.row.AddressSpaceRow;
import java.io.IOException;

/** Walks the tables of address spaces into a reverse map and a row each. */
final class SpaceWalk {
  private static final MappingVisitor IGNORED =
      new MappingVisitor() {
        @Override
        public void frames(long virtualAddress, long firstPfn, long pages, int flags) {}

        @Override
        public void pageFile(
            long virtualAddress, int number, long firstPage, long pages, int flags) {}
      };

  private final Machine machine;
  private final int storeNumber;
  private final ReverseMapBuilder builder = new ReverseMapBuilder();
  private long tablesRead;
  private long tablesMissing;
  private long missingFrames;

  SpaceWalk(Machine machine, PagedOutDescription pagedOut) {
    this.machine = machine;
    this.storeNumber = pagedOut.storeNumber();
  }

  AddressSpaceRow kernel(int systemPid) throws IOException {
    PagedAddressSpace space = machine.space(machine.description().dtb());
    MappingOwner owner = new MappingOwner(systemPid, space.dtb(), true);
    PageTableCounts counts = PageTableWalker.walk(space, builder.visitor(owner));
    return row("kernel", space, counts);
  }

  AddressSpaceRow process(int pid, long dtb) throws IOException {
    PagedAddressSpace space = machine.space(dtb);
    MappingOwner owner = new MappingOwner(pid, space.dtb(), false);
    PageTableCounts counts =
        PageTableWalker.walkOwn(
            space, machine.space(machine.description().dtb()), builder.visitor(owner));
    AddressSpaceRow row = row("process", space, counts);
    row.setPid(pid);
    return row;
  }

  /**
   * The second table of a process under kernel address isolation: what its program sees. Its pages
   * are those of the first, so they are counted and not mapped again.
   */
  AddressSpaceRow shadow(int pid, long dtb) throws IOException {
    PagedAddressSpace space = machine.space(dtb);
    PageTableCounts counts =
        PageTableWalker.walkOwn(space, machine.space(machine.description().dtb()), IGNORED);
    AddressSpaceRow row = row("user_shadow", space, counts);
    row.setPid(pid);
    return row;
  }

  /** Whether the field names a table: 0 and 1 say that there is none. */
  static boolean isSecondTable(long userDtb) {
    return userDtb >>> PhysicalMemory.PAGE_SHIFT != 0;
  }

  boolean isKernel(long dtb) {
    return dtb == machine.description().dtb();
  }

  ReverseMapBuilder builder() {
    return builder;
  }

  PageTableTotals totals() {
    return new PageTableTotals(tablesRead, tablesMissing, missingFrames);
  }

  private AddressSpaceRow row(String kind, PagedAddressSpace space, PageTableCounts counts) {
    tablesRead += counts.tablesRead();
    tablesMissing += counts.tablesMissing();
    missingFrames += counts.missingPfns();
    AddressSpaceRow row = new AddressSpaceRow();
    row.setSource("walk");
    row.setConfidence(100);
    row.setDtb(space.dtb());
    row.setKind(kind);
    row.setTablesRead(counts.tablesRead());
    row.setTablesMissing(counts.tablesMissing());
    row.setValidPtes(counts.validPtes());
    row.setLargePages(counts.largePages());
    row.setTransition(counts.transition());
    row.setPrototype(counts.prototype());
    row.setSwapped(counts.swapped(storeNumber));
    row.setCompressed(
        storeNumber == PagedOutDescription.NO_STORE ? 0 : counts.pageFile(storeNumber));
    row.setDemandZero(counts.demandZero());
    row.setNoAccess(counts.unknown());
    row.setPteToMissingPfn(counts.missingPfns());
    row.setComplete(counts.complete());
    return row;
  }
}
