package io.memlake.testdata.fleet;

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

  private PagedFleet() {}

  /** Writes the hosts. */
  public static List<PagedHost> write(Path folder) throws IOException {
    List<PagedHost> hosts = new ArrayList<>();
    hosts.add(write(folder.resolve("PAGED-1809"), 17763, 201));
    hosts.add(write(folder.resolve("PAGED-2004"), 19041, 202));
    return hosts;
  }

  /**
   * Writes one host.
   *
   * @param folder its folder, which also names it
   */
  public static PagedHost write(Path folder, int build, long seed) throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(build)
            .seed(seed)
            .computerName(folder.getFileName().toString())
            .ram(RAM)
            .standardProcesses()
            .process(LedgerProgram.process())
            .build();
    return PagedHost.write(machine, StoreFormat.of(build, true), seed, folder);
  }
}
