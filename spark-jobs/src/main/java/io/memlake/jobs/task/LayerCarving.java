package io.memlake.jobs.task;

import io.memlake.engine.artifacts.carve.CarveLayer;
import io.memlake.engine.artifacts.carve.CarvedRows;
import io.memlake.engine.artifacts.carve.Directories;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.scan.CarveKind;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.Set;

/** Reads what signatures in pages lead to that left RAM. */
final class LayerCarving {
  private LayerCarving() {}

  /** Adds what the candidates of one chunk tell of directories. */
  static void learn(
      Machine machine, CarveLayer layer, ChunkFindings findings, Directories directories)
      throws IOException {
    CarvedRows carved = new CarvedRows(machine, layer);
    for (int i = 0; i < findings.carved(); i++) {
      CarveKind kind = findings.carvedKind(i);
      if (kind == CarveKind.FILE_RECORD || kind == CarveKind.INDEX_RECORD) {
        carved.learn(kind, findings.carvedAddress(i), directories);
      }
    }
  }

  /**
   * Writes the rows of the candidates of one chunk.
   *
   * @param directories of the whole machine: pages of one table go to different places
   */
  static void rows(
      Machine machine,
      CarveLayer layer,
      ChunkFindings findings,
      Directories directories,
      Set<String> tables,
      StagedRows rows)
      throws IOException {
    CarvedRows carved = new CarvedRows(machine, layer);
    for (int i = 0; i < findings.carved(); i++) {
      CarveKind kind = findings.carvedKind(i);
      long address = findings.carvedAddress(i);
      try {
        carved.rows(kind, address, directories, tables, rows::add);
      } catch (LakeWriteException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        // One candidate that fails must not take the others with it.
        ErrorRow row = ErrorRowOf.failure("join", "candidate " + kind, null, e);
        row.setForensicPath(layer.path(address));
        rows.add(row);
      }
    }
  }
}
