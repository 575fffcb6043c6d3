package io.memlake.jobs.task;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.objects.pagedout.PageFileRequest;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.engine.objects.pagedout.PagedOutDiscovery;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.HadoopSymbolFiles;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Symbol stores of this process. Reading a symbol file takes a second, and every task of a host
 * needs the same one. A store is for one thread at a time; the tables it gives are for all.
 */
final class ExecutorSymbols {
  /** Hosts side by side with symbol files of their own; most runs have one setting for all. */
  private static final int MAX_STORES = 16;

  private static final Map<SymbolSettings, SymbolStore> STORES =
      new LinkedHashMap<>(MAX_STORES * 2, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SymbolSettings, SymbolStore> eldest) {
          return size() > MAX_STORES;
        }
      };

  private ExecutorSymbols() {}

  static PagedOutMachine open(
      MachineDescription description,
      PagedOutDescription pagedOut,
      HadoopEvidence evidence,
      SymbolSettings from)
      throws IOException {
    SymbolStore store = store(from, evidence);
    synchronized (store) {
      return PagedOutMachine.open(description, pagedOut, evidence, store);
    }
  }

  static PagedOutDescription discoverPagedOut(
      MachineDescription description,
      List<PageFileRequest> pageFiles,
      HadoopEvidence evidence,
      SymbolSettings from)
      throws IOException {
    SymbolStore store = store(from, evidence);
    synchronized (store) {
      return PagedOutDiscovery.discover(description, evidence, store, pageFiles);
    }
  }

  static MachineDescription discover(ImageIndex image, HadoopEvidence evidence, SymbolSettings from)
      throws IOException {
    Evidence files = evidence;
    SymbolStore store = store(from, evidence);
    synchronized (store) {
      return MachineDiscovery.discover(image, files, store, DiscoverySettings.DEFAULT);
    }
  }

  /** What was wrong with symbol files of the user so far. */
  static List<String> problems(SymbolSettings from, HadoopEvidence evidence) throws IOException {
    SymbolStore store = store(from, evidence);
    synchronized (store) {
      return store.problems();
    }
  }

  private static SymbolStore store(SymbolSettings settings, HadoopEvidence evidence)
      throws IOException {
    synchronized (STORES) {
      SymbolStore store = STORES.get(settings);
      if (store == null) {
        store = SymbolStore.open(settings, new HadoopSymbolFiles(evidence));
        STORES.put(settings, store);
      }
      return store;
    }
  }
}
