package io.memlake.jobs.dashboard;

import io.memlake.engine.extract.ExtractedPage;
import io.memlake.engine.extract.PageExtract;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.LakeHost;
import io.memlake.jobs.lake.Lake;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads single pages out of the evidence that the lake names. The machines of the last hosts stay
 * open, since people look at many pages of one.
 */
final class PageBytes implements Closeable {
  private static final int OPEN_MACHINES = 2;

  private final String location;
  private final String caseId;
  private final HadoopEvidence evidence;
  private final Map<String, PagedOutMachine> open = new LinkedHashMap<>(8, 0.75f, true);

  PageBytes(String location, String caseId, HadoopEvidence evidence) {
    this.location = location;
    this.caseId = caseId;
    this.evidence = evidence;
  }

  /**
   * Reads the page that a forensic path leads to.
   *
   * @throws IOException when the evidence is gone or changed
   * @throws IllegalArgumentException when the path cannot be understood
   */
  synchronized ExtractedPage read(String host, String path) throws IOException {
    return PageExtract.of(machine(host)).read(path);
  }

  @Override
  public synchronized void close() throws IOException {
    for (PagedOutMachine machine : open.values()) {
      machine.close();
    }
    open.clear();
  }

  private PagedOutMachine machine(String host) throws IOException {
    PagedOutMachine known = open.get(host);
    if (known != null) {
      return known;
    }
    if (open.size() == OPEN_MACHINES) {
      String oldest = open.keySet().iterator().next();
      open.remove(oldest).close();
    }
    LakeHost found =
        LakeHost.find(
            Lake.open(location, evidence.configuration()), caseId, host, evidence.configuration());
    PagedOutMachine machine =
        ExtractSource.of(
                found, evidence, java.util.List.of(), "", false, SymbolSettings.EMBEDDED_ONLY)
            .open();
    open.put(host, machine);
    return machine;
  }
}
