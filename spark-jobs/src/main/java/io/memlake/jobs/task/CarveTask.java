package io.memlake.jobs.task;

import io.memlake.engine.artifacts.carve.CarvedRows;
import io.memlake.engine.artifacts.carve.Directories;
import io.memlake.engine.artifacts.carve.PageSet;
import io.memlake.engine.artifacts.carve.RamLayer;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.scan.CarveKind;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.task.PageRowsTask.Batch;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * Reads what the signatures of some chunks lead to. First the names of directories are gathered,
 * since a file's directories may lie in other chunks; then rows are written.
 */
public final class CarveTask {
  private CarveTask() {}

  /** Names of directories among the candidates of a batch. */
  public static Directories directories(HostContext host, Batch batch) throws IOException {
    Directories directories = new Directories();
    try (Machine machine = host.openMachine()) {
      CarvedRows carved = new CarvedRows(machine, new RamLayer(machine.memory(), null));
      forEach(
          host,
          batch,
          (kind, address) -> {
            if (kind == CarveKind.FILE_RECORD || kind == CarveKind.INDEX_RECORD) {
              carved.learn(kind, address, directories);
            }
          });
    }
    return directories;
  }

  /**
   * Writes the rows of a batch.
   *
   * @param owners who maps which frame, or null when the page tables could not be walked
   * @param directories of all batches
   * @param mounted frames of hives that were read as a whole
   */
  public static Written rows(
      HostContext host,
      Batch batch,
      ReverseMap owners,
      Directories directories,
      PageSet mounted,
      Set<String> tables)
      throws IOException {
    try (Machine machine = host.openMachine();
        StagedRows rows = new StagedRows(host, String.format("carved-%05d", batch.number()))) {
      CarvedRows carved = new CarvedRows(machine, new RamLayer(machine.memory(), owners), mounted);
      forEach(
          host,
          batch,
          (kind, address) -> {
            try {
              carved.rows(kind, address, directories, tables, rows::add);
            } catch (LakeWriteException e) {
              throw e;
            } catch (IOException | RuntimeException e) {
              // One candidate that fails must not take the others with it.
              ErrorRow row = ErrorRowOf.failure("join", "candidate " + kind, null, e);
              row.setForensicPath(ForensicPath.physical(address));
              rows.add(row);
            }
          });
      return new Written(rows.finish());
    }
  }

  /**
   * What was written.
   *
   * @param files staged files by table
   */
  public record Written(Map<String, DataFile> files) implements Serializable {}

  private interface Visitor {
    void candidate(CarveKind kind, long address) throws IOException;
  }

  private static void forEach(HostContext host, Batch batch, Visitor visitor) throws IOException {
    for (int chunk : batch.chunks()) {
      ChunkFindings findings;
      try (InputStream in = host.chunks().open(chunk, host.configuration())) {
        findings = FindingsFile.readCandidates(host.chunks().name(chunk), in);
      }
      for (int i = 0; i < findings.carved(); i++) {
        visitor.candidate(findings.carvedKind(i), findings.carvedAddress(i));
      }
    }
  }
}
