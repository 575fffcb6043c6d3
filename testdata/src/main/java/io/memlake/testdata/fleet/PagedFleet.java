package io.memlake.testdata.fleet;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.store.StoreFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts whose programs are partly in page files and in the compressed store, one folder each with
 * its image and its page files.
 */
public final class PagedFleet {
  private static final long RAM = 96L << 20;
  private static final int LAST_BUNDLED_BUILD = 22000;

  /** Between the process lock and the members behind it. */
  private static final int MOVED_FROM = 0x460;

  private static final int MOVED_BY = 0x38;

  private PagedFleet() {}

  /** Writes the hosts. */
  public static List<PagedHost> write(Path folder) throws IOException {
    List<PagedHost> hosts = new ArrayList<>();
    hosts.add(write(folder.resolve("PAGED-1809"), 17763, 201));
    hosts.add(write(folder.resolve("PAGED-2004"), 19041, 202));
    hosts.add(unknown(folder.resolve("PAGED-24H2"), 203));
    return hosts;
  }

  /**
   * Writes a host whose kernel no symbol source knows: it calls itself 24H2 and compresses pages
   * with LZ4, as that release does. Public sources do not tell the layouts of 24H2; those of 21H2
   * with members moved stand in for them.
   *
   * @param folder its folder, which also names it
   */
  public static PagedHost unknown(Path folder, long seed) throws IOException {
    KernelLayout layout =
        KernelLayout.bundled(LAST_BUNDLED_BUILD)
            .calledOtherwise("10.0.26100.1742", "B3C5D1E07A9F4E2C8D6B5A4938271605")
            .withRoomIn("_EPROCESS", MOVED_FROM, MOVED_BY);
    return write(SyntheticMachine.kernel(layout), 26100, seed, folder);
  }

  /**
   * Writes one host.
   *
   * @param folder its folder, which also names it
   */
  public static PagedHost write(Path folder, int build, long seed) throws IOException {
    return write(SyntheticMachine.windows(build), build, seed, folder);
  }

  private static PagedHost write(MachineBuilder builder, int build, long seed, Path folder)
      throws IOException {
    SyntheticMachine machine =
        builder
            .seed(seed)
            .computerName(folder.getFileName().toString())
            .ram(RAM)
            .standardProcesses()
            .process(LedgerProgram.process())
            .imageContent(LedgerProgram.SETUP, LedgerProgram.image())
            .build();
    return PagedHost.write(machine, StoreFormat.of(build, true), seed, folder);
  }
}
