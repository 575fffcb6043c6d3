package io.memlake.jobs.task;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.schemas.evidence.RowOrigin;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What every task of one host needs to know; broadcast once a host.
 *
 * @param caseId the case
 * @param host the host
 * @param imageId identity of its image
 * @param runId the run that writes
 * @param description what discovery found
 * @param pagedOut where the pages are that left RAM
 * @param symbols where symbols come from
 * @param evidence how evidence is opened
 * @param staging folder for files of tables
 * @param chunks finished chunks
 * @param pages which pages have a row
 * @param tags labels of the host, by the manifest
 * @param timeline whether the times of rows become events of the timeline
 */
public record HostContext(
    String caseId,
    String host,
    String imageId,
    String runId,
    MachineDescription description,
    PagedOutDescription pagedOut,
    SymbolSettings symbols,
    HadoopEvidence evidence,
    String staging,
    ChunkStore chunks,
    PageSelection pages,
    ArrayList<String> tags,
    boolean timeline)
    implements Serializable {

  /**
   * Opens the machine; the caller closes it. Its address spaces read page files, the compressed
   * store and prototype entries as if they were RAM.
   */
  public Machine openMachine() throws IOException {
    return openPagedOut().machine();
  }

  /** Opens the machine together with the places its pages went to; the caller closes it. */
  public PagedOutMachine openPagedOut() throws IOException {
    return ExecutorSymbols.open(description, pagedOut, evidence, symbols);
  }

  /** What rows of this host carry. */
  public RowOrigin origin() {
    return new RowOrigin(caseId, host, imageId, runId);
  }

  /** Settings of file systems. */
  public Configuration configuration() {
    return evidence.configuration();
  }

  /** A new file of a table. Its name tells the task apart from others and from its own retries. */
  Path file(String table, String task) {
    String name = task + "-" + java.util.UUID.randomUUID() + ".parquet";
    return new Path(new Path(staging, table), name);
  }
}
