package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.image.Containers;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One machine out of containers of every kind of index: equal tables, row by row. All containers
 * are compared frame by frame in the engine, and by {@code memlake demo --containers}.
 */
class EveryContainerAnalyzeTest {
  private static final List<String> KINDS = List.of("raw", "aff4standard", "hiber", "kdumpflat");
  private static final List<String> TABLES =
      List.of("processes", "modules", "threads", "vads", "handles", "kernel_modules", "pages");

  @TempDir Path folder;

  @Test
  void theTablesAreEqual() throws IOException {
    assertThat(TestSpark.session()).isNotNull();
    SyntheticMachine machine =
        SyntheticMachine.windows(19041).seed(5).ram(40L << 20).standardProcesses().build();
    Map<String, Path> files =
        Containers.write(machine, machine.crashDumpHeader(), folder.resolve("evidence"));
    List<Object> command =
        new ArrayList<>(List.of("analyze", "--lake", folder.resolve("lake"), "--progress", "none"));
    KINDS.forEach(kind -> command.add(files.get(kind).getParent()));
    CommandRun run = CommandRun.of(command.toArray());
    assertThat(run.code()).as(run.err()).isZero();
    for (String table : TABLES) {
      List<String> sums = sums(table);
      assertThat(sums).as(table).hasSize(KINDS.size());
      assertThat(sums.stream().distinct().toList()).as(table).hasSize(1);
      assertThat(sums.get(0)).as(table).doesNotStartWith("0,");
    }
  }

  /**
   * Number and checksum of the rows of each host. Zero pages do not count: in a hole they are in
   * padded RAW alone.
   */
  private List<String> sums(String table) {
    CommandRun run =
        CommandRun.of(
            "sql",
            "--lake",
            folder.resolve("lake"),
            "-o",
            "csv",
            "SELECT count(*), sum(CAST(xxhash64(to_json(struct(* EXCEPT (host, image_id, run_id)))) AS"
                + " DECIMAL(38)))"
                + " FROM "
                + table
                + (table.equals("pages") ? " WHERE kind <> 'zero'" : "")
                + " GROUP BY host");
    assertThat(run.err()).isEmpty();
    return run.lines().subList(1, run.lines().size());
  }
}
