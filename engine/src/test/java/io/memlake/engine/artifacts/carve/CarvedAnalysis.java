package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.process.SeenProcess;
import io.memlake.engine.artifacts.registry.HiveRows;
import io.memlake.engine.artifacts.registry.HiveUnit;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.PageTableWalker;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.paging.ReverseMapBuilder;
import io.memlake.engine.scan.CarveKind;
import io.memlake.engine.scan.ChunkScan;
import io.memlake.engine.scan.ChunkSink;
import io.memlake.engine.scan.PageKind;
import io.memlake.engine.scan.PoolTags;
import io.memlake.testdata.machine.MachineBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecordBase;

/** What carving finds in a machine, as the jobs do it. */
final class CarvedAnalysis {
  private CarvedAnalysis() {}

  /** Scans the machine in two halves, as two tasks would, and reads what the scan found. */
  static <R extends SpecificRecordBase> List<R> rows(MachineBuilder builder, Class<R> type)
      throws IOException {
    List<SpecificRecordBase> rows = new ArrayList<>();
    Analysis.view(
        new SyntheticImage(builder.build()),
        SampleMachines.embeddedSymbols(),
        view -> {
          Machine machine = view.machine();
          Found found = new Found();
          long end = machine.memory().endPfn();
          new ChunkScan(PoolTags.ALL).scan(machine.memory(), 0, end / 2, found);
          new ChunkScan(PoolTags.ALL).scan(machine.memory(), end / 2, end - end / 2, found);
          CarvedRows carved =
              new CarvedRows(machine, new RamLayer(machine.memory(), map(view)), mounted(view));
          Directories one = new Directories();
          Directories other = new Directories();
          for (int i = 0; i < found.kinds.size(); i++) {
            carved.learn(found.kinds.get(i), found.addresses.get(i), i % 2 == 0 ? one : other);
          }
          Directories all = Directories.merge(List.of(other, one));
          for (int i = 0; i < found.kinds.size(); i++) {
            Set<String> tables = CarvedRows.tables();
            carved.rows(found.kinds.get(i), found.addresses.get(i), all, tables, rows::add);
          }
        });
    return rows.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private static PageSet mounted(MachineView view) throws IOException {
    LongStream.Builder frames = LongStream.builder();
    for (HiveUnit unit : HiveRows.units(view, error -> {})) {
      HiveRows.forEachFrame(view, unit, frames::add);
    }
    return PageSet.of(List.of(frames.build().toArray()));
  }

  private static ReverseMap map(MachineView view) throws IOException {
    Machine machine = view.machine();
    ReverseMapBuilder map = new ReverseMapBuilder();
    PageTableWalker.walk(
        machine.kernelSpace(), map.visitor(new MappingOwner(4, machine.description().dtb(), true)));
    for (SeenProcess seen : view.processes().processes()) {
      Eprocess process = seen.process();
      if (process.peb() != 0) {
        int pid = (int) process.uniqueProcessId();
        PageTableWalker.walkOwn(
            machine.space(process.directoryTableBase()),
            machine.kernelSpace(),
            map.visitor(new MappingOwner(pid, process.directoryTableBase(), false)));
      }
    }
    return map.build();
  }

  private static final class Found implements ChunkSink {
    private final List<CarveKind> kinds = new ArrayList<>();
    private final List<Long> addresses = new ArrayList<>();

    @Override
    public void page(long pfn, PageKind kind, long hash, long hash2) {}

    @Override
    public void poolHeader(long physicalAddress, int tag) {}

    @Override
    public void carved(CarveKind kind, long address) {
      kinds.add(kind);
      addresses.add(address);
    }

    @Override
    public void lost(long pfn) {}
  }
}
