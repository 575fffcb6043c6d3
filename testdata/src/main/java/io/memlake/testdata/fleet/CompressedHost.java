package io.memlake.testdata.fleet;

import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.ListedPageFile;
import io.memlake.testdata.paging.PteFormat;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.store.CompressedStoreWriter;
import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.util.List;

/** A machine that compressed some pages of one region, and left all others where they were. */
final class CompressedHost {
  private static final int STORE = 2;
  private static final int FIRST_SLOT = 0x40;
  private static final long REGIONS = 0x1A0_0000_0000L;
  private static final long STORE_POOL = 1 << 24;
  private static final long PAGE_FILE_PAGES = 1 << 18;
  private static final int PAGE = 0x1000;
  private static final int EXECUTE_READ_WRITE = 6;

  private CompressedHost() {}

  /**
   * Moves pages of the private region that can be written and executed into the store.
   *
   * @param process name of the region's process
   * @param pages numbers of the pages in the region
   */
  static TrimmedMachine of(
      SyntheticMachine machine, long seed, String process, List<Integer> pages) {
    HostTruth host = machine.truth().host();
    TrimmedMachine trimmed = new TrimmedMachine(machine, PteFormat.sinceUpdates(), seed);
    ProcessTruth owner = machine.truth().process(process);
    ProcessTruth memCompression = machine.truth().process("MemCompression");
    CompressedStoreWriter store =
        new CompressedStoreWriter(
                StoreFormat.of(machine.layout().build(), true),
                trimmed.kernelMemory(),
                trimmed.userMemory(memCompression.pid()))
            .pageFileNumber(STORE)
            .owner(memCompression.eprocess());
    long start =
        owner.vads().stream()
            .filter(range -> range.privateMemory() && range.protection() == EXECUTE_READ_WRITE)
            .mapToLong(VadTruth::start)
            .findFirst()
            .orElseThrow();
    int slot = FIRST_SLOT;
    for (int page : pages) {
      long at = start + (long) page * PAGE;
      store.add(0, slot, trimmed.intended(owner.pid(), at).orElseThrow());
      trimmed.toStore(owner.pid(), at, STORE, slot++);
    }
    store.write(
        host.kernelBase() + machine.layout().symbol("?SmGlobals@@3U_SM_GLOBALS@@A"),
        trimmed.newKernelMemory(STORE_POOL),
        REGIONS);
    trimmed.listPageFiles(
        List.of(
            new ListedPageFile(0, "\\??\\C:\\pagefile.sys", PAGE_FILE_PAGES, false),
            new ListedPageFile(1, "\\??\\C:\\swapfile.sys", PAGE_FILE_PAGES, false),
            new ListedPageFile(STORE, "", PAGE_FILE_PAGES, true)));
    return trimmed;
  }
}
