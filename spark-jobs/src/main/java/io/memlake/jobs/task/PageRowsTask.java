package io.memlake.jobs.task;

import io.memlake.engine.objects.pfn.FrameAgreement;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.rows.RowFile;
import io.memlake.schemas.Tables;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.PageRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Writes the rows of {@code pages} for some chunks: what the scan found, and who maps it. */
public final class PageRowsTask {
  private static final String TABLE = "pages";

  private PageRowsTask() {}

  /**
   * Chunks of one task, whose rows go into one file.
   *
   * @param number place among the batches of the host
   * @param chunks numbers of chunks in rising order
   */
  public record Batch(int number, ArrayList<Integer> chunks) implements Serializable {}

  /** Cuts chunks into batches of {@code size}, in order. */
  public static List<Batch> batches(List<Integer> chunks, int size) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < chunks.size(); from += size) {
      int to = Math.min(chunks.size(), from + size);
      batches.add(new Batch(batches.size(), new ArrayList<>(chunks.subList(from, to))));
    }
    return batches;
  }

  /**
   * Writes the rows of a batch.
   *
   * @param owners who maps which frame, or null when the page tables could not be walked
   */
  public static Written run(HostContext host, Batch batch, ReverseMap owners) throws IOException {
    String task = String.format("chunks-%05d", batch.number());
    try (FrameOwners frames = FrameOwners.open(host, owners);
        RowFile file =
            RowFile.create(host.file(TABLE, task), Tables.byName(TABLE), host.configuration())) {
      PageRows rows = new PageRows(owners, frames);
      RowOrigin origin = host.origin();
      for (int chunk : batch.chunks()) {
        ChunkFindings findings;
        try (InputStream in = host.chunks().open(chunk, host.configuration())) {
          findings = FindingsFile.read(host.chunks().name(chunk), in);
        }
        rows.forEach(findings, row -> add(file, origin, row, host.pages()));
      }
      return new Written(file.finish(), frames.agreement());
    }
  }

  /**
   * What a task wrote.
   *
   * @param file the rows
   * @param frames how far the frame database agrees; null when there is none to be read
   */
  public record Written(DataFile file, FrameAgreement frames) implements Serializable {}

  private static void add(RowFile file, RowOrigin origin, PageRow row, PageSelection pages)
      throws IOException {
    if (pages.has(row)) {
      origin.stamp(row);
      file.add(row);
    }
  }
}
