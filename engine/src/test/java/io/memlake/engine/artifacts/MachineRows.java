package io.memlake.engine.artifacts;

import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.PageTableWalker;
import io.memlake.engine.paging.ReverseMapBuilder;
import io.memlake.engine.scan.ChunkScan;
import io.memlake.engine.scan.ChunkSink;
import io.memlake.engine.scan.PageKind;
import io.memlake.engine.scan.PoolTags;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;

/** All rows that the artifacts of a machine give for one image, by table. */
public final class MachineRows {
  private final Map<String, List<SpecificRecordBase>> tables = new TreeMap<>();
  private final List<ErrorRow> errors = new ArrayList<>();

  private MachineRows() {}

  /** Analyzes with the symbols of {@code store}; the machine must open. */
  public static MachineRows of(ImageIndex image, SymbolStore store) throws IOException {
    LocalEvidence evidence = new LocalEvidence();
    MachineDescription description =
        MachineDiscovery.discover(image, evidence, store, DiscoverySettings.DEFAULT);
    MachineRows rows = new MachineRows();
    try (Machine machine = Machine.open(description, evidence, store)) {
      MachineView view = MachineView.of(machine, candidates(machine));
      for (MachineArtifact<?> artifact : ArtifactRegistry.machineArtifacts()) {
        List<SpecificRecordBase> table =
            rows.tables.computeIfAbsent(artifact.table(), name -> new ArrayList<>());
        if (view.isNarrow() && !artifact.readsNarrow()) {
          continue;
        }
        artifact.collect(view, table::add, rows.errors::add);
      }
    }
    return rows;
  }

  /** The rows of a table. */
  public <R extends SpecificRecordBase> List<R> table(String name, Class<R> type) {
    return tables.get(name).stream().map(type::cast).toList();
  }

  /** What was reported about a table. */
  public List<String> reasons(String table) {
    return errors.stream()
        .filter(row -> row.getTableName().equals(table))
        .map(ErrorRow::getReason)
        .toList();
  }

  private static Candidates candidates(Machine machine) throws IOException {
    List<PoolHit> hits = new ArrayList<>();
    new ChunkScan(PoolTags.ALL, machine.kernelSpace().pointerSize())
        .scan(
            machine.memory(),
            0,
            machine.memory().endPfn(),
            new ChunkSink() {
              @Override
              public void page(long pfn, PageKind kind, long hash, long hash2) {}

              @Override
              public void poolHeader(long physicalAddress, int tag) {
                hits.add(new PoolHit(physicalAddress, tag));
              }

              @Override
              public void lost(long pfn) {}
            });
    ReverseMapBuilder map = new ReverseMapBuilder();
    PageTableWalker.walk(
        machine.kernelSpace(), map.visitor(new MappingOwner(4, machine.description().dtb(), true)));
    return Candidates.of(hits, map.build());
  }
}
