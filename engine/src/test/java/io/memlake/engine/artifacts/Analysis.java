package io.memlake.engine.artifacts;

import io.memlake.engine.artifacts.registry.HiveTable;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.PageTableWalker;
import io.memlake.engine.paging.ReverseMapBuilder;
import io.memlake.engine.scan.CarveKind;
import io.memlake.engine.scan.ChunkScan;
import io.memlake.engine.scan.ChunkSink;
import io.memlake.engine.scan.PageKind;
import io.memlake.engine.scan.PoolTags;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.HostRow;
import io.memlake.schemas.row.KernelModuleRow;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.ThreadRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** The engine's part of an analysis of one image, in one thread, as the jobs spread it. */
public final class Analysis {
  /** What discovery found. */
  public final MachineDescription description;

  public final List<HostRow> hosts = new ArrayList<>();
  public final List<ProcessRow> processes = new ArrayList<>();
  public final List<ThreadRow> threads = new ArrayList<>();
  public final List<ModuleRow> modules = new ArrayList<>();
  public final List<KernelModuleRow> kernelModules = new ArrayList<>();
  private final List<SpecificRecordBase> rows = new ArrayList<>();
  public final List<ErrorRow> errors = new ArrayList<>();
  public Collected collected = Collected.NOTHING;

  private Analysis(MachineDescription description) {
    this.description = description;
  }

  /** Analyzes with the symbols of {@code store}; the machine must open. */
  public static Analysis of(ImageIndex image, SymbolStore store) throws IOException {
    LocalEvidence evidence = new LocalEvidence();
    MachineDescription description =
        MachineDiscovery.discover(image, evidence, store, DiscoverySettings.DEFAULT);
    Analysis analysis = new Analysis(description);
    try (Machine machine = Machine.open(description, evidence, store)) {
      analysis.collect(MachineView.of(machine, candidates(machine)));
    }
    return analysis;
  }

  /** Opens the machine and shows it, with all candidates. */
  public static void view(ImageIndex image, SymbolStore store, Viewer viewer) throws IOException {
    LocalEvidence evidence = new LocalEvidence();
    MachineDescription description =
        MachineDiscovery.discover(image, evidence, store, DiscoverySettings.DEFAULT);
    try (Machine machine = Machine.open(description, evidence, store)) {
      viewer.look(MachineView.of(machine, candidates(machine)));
    }
  }

  /** Looks at an opened machine. */
  public interface Viewer {
    /** Collects what is wanted. */
    void look(MachineView view) throws IOException;
  }

  private static Candidates candidates(Machine machine) throws IOException {
    List<PoolHit> hits = new ArrayList<>();
    new ChunkScan(PoolTags.ALL, machine.kernelSpace().pointerSize())
        .scan(machine.memory(), 0, machine.memory().endPfn(), new HitSink(hits));
    ReverseMapBuilder map = new ReverseMapBuilder();
    PageTableWalker.walk(
        machine.kernelSpace(), map.visitor(new MappingOwner(4, machine.description().dtb(), true)));
    return Candidates.of(hits, map.build());
  }

  private void collect(MachineView view) throws IOException {
    for (MachineArtifact<?> artifact : ArtifactRegistry.machineArtifacts()) {
      if (view.isNarrow() && !artifact.readsNarrow()) {
        continue;
      }
      add(artifact.collect(view, rows::add, errors::add));
    }
    for (long unit : view.processes().units()) {
      Eprocess process = view.process(unit).orElseThrow();
      for (PerProcessArtifact<?> artifact : ArtifactRegistry.perProcessArtifacts()) {
        boolean reads = !view.isNarrow() || artifact.readsNarrow();
        if (reads && (!process.ended() || artifact.ofEndedProcesses())) {
          add(artifact.collect(view, process, rows::add, errors::add));
        }
      }
    }
    hosts.addAll(rows(HostRow.class));
    processes.addAll(rows(ProcessRow.class));
    threads.addAll(rows(ThreadRow.class));
    modules.addAll(rows(ModuleRow.class));
    kernelModules.addAll(rows(KernelModuleRow.class));
  }

  /** The rows of one table, in the order in which they came. */
  public <R extends SpecificRecordBase> List<R> rows(Class<R> type) {
    return rows.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void add(Collected part) {
    collected = collected.plus(part);
  }

  /** The row of a process id, which must be one. */
  public ProcessRow process(long pid) {
    List<ProcessRow> rows = processes.stream().filter(row -> row.getPid() == pid).toList();
    if (rows.size() != 1) {
      throw new AssertionError("Process " + pid + " has " + rows.size() + " rows");
    }
    return rows.get(0);
  }

  /** Errors, but not those about tables whose structures only machines with a full system have. */
  public List<ErrorRow> errorsOfProcesses() {
    Set<String> systemTables =
        Set.of(
            "network",
            "jobs",
            "big_pool",
            "services",
            "timers",
            "callbacks",
            "hashdump",
            "lsadump",
            "cachedump");
    return errors.stream().filter(row -> !systemTables.contains(row.getTableName())).toList();
  }

  /** The first error about an item. */
  public Optional<ErrorRow> error(String item) {
    return errors.stream().filter(row -> row.getItem().equals(item)).findFirst();
  }

  private record HitSink(List<PoolHit> hits) implements ChunkSink {
    @Override
    public void page(long pfn, PageKind kind, long hash, long hash2) {}

    @Override
    public void poolHeader(long physicalAddress, int tag) {
      hits.add(new PoolHit(physicalAddress, tag));
    }

    @Override
    public void carved(CarveKind kind, long address) {
      if (kind == CarveKind.HIVE) {
        hits.add(HiveTable.pageCandidate(address));
      }
    }

    @Override
    public void lost(long pfn) {}
  }
}
