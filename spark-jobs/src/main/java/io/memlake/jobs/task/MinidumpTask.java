package io.memlake.jobs.task;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.minidump.MinidumpRows;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.jobs.lake.DataFile;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Collects the rows of a process that was dumped by itself. */
public final class MinidumpTask {
  private MinidumpTask() {}

  /**
   * Collects the rows of {@code file} for {@code host}.
   *
   * @param tables names of the tables that are wanted
   * @throws UnsupportedImageException when the file is no minidump
   */
  public static Walked run(HostContext host, String file, Set<String> tables) throws IOException {
    ImageIndex index = ImageFormats.standard().index(file, host.evidence());
    if (index.processDump().isEmpty()) {
      throw new UnsupportedImageException(file, "of the format " + index.format(), "a minidump");
    }
    try (StagedRows rows = new StagedRows(host, "minidump")) {
      Collected collected =
          MinidumpRows.collect(index, host.evidence(), tables, row -> rows.add(row));
      for (String warning : index.warnings()) {
        rows.add(ErrorRowOf.warning("walk", new Path(file).getName(), "processes", warning));
      }
      return new Walked(collected.rows(), rows.finish());
    }
  }

  /**
   * What was collected.
   *
   * @param rows how many
   * @param files staged files by table
   */
  public record Walked(long rows, Map<String, DataFile> files) implements Serializable {}
}
