package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.narrow.NarrowMachine;
import io.memlake.testdata.narrow.NarrowProcessTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A 32-bit Windows 10 with a page file and a compressed store, from evidence to tables. */
class PagedOutNarrowTest {
  private static final int PAGE = 4096;

  @TempDir Path folder;

  @Test
  void compressedPagesOf32BitWindowsHaveTheirRowsAndOwners() throws IOException {
    assertThat(TestSpark.session()).isNotNull();
    NarrowMachine machine = NarrowMachine.withStore(12);
    Path host = Files.createDirectories(folder.resolve("NARROW"));
    Path symbols = folder.resolve("narrow.json.xz");
    RawWriter.writePadded(machine, host.resolve("memory.raw"));
    Files.write(host.resolve("pagefile.sys"), machine.pageFile());
    KernelLayout.writeNarrowSymbols(19041, symbols);
    Path lake = folder.resolve("lake");

    assertThat(CommandRun.analyze(lake, host, "--isf", symbols).code()).isIn(0, 3);

    List<String> expected = new ArrayList<>();
    for (NarrowProcessTruth process : machine.processes()) {
      for (int page = 6; !process.ranges().isEmpty() && page < 16; page += 8) {
        expected.add(process.pid() + "," + (NarrowMachine.workAddress() + (long) page * PAGE));
      }
    }
    assertThat(expected).hasSize(10);
    assertThat(
            CommandRun.rows(
                lake,
                "SELECT pid, va FROM compressed_pages WHERE status = 'ok' AND algo = 'xpress'"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(
            CommandRun.rows(
                lake, "SELECT store_layout, store_slots, compressed_ok FROM image_quality"))
        .containsExactly("x86-19041," + expected.size() + "," + expected.size());
  }
}
