package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.HandleRow;
import io.memlake.schemas.row.TokenGroupRow;
import io.memlake.schemas.row.VadRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.machine.TamperedMachine;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structures of processes that point anywhere: everything ends, and what is sound stays. */
class HostileObjectsTest {
  private static final int WORDS = 400;

  /** A place whose bytes are changed: an address in a space. */
  private record Place(AddressSpace space, long address, int size) {}

  private static List<Place> places(SyntheticMachine machine) {
    List<Place> places = new ArrayList<>();
    AddressSpace kernel = machine.kernelSpace();
    for (ProcessTruth process : machine.truth().processes()) {
      if (!process.presence().isRunning()) {
        continue;
      }
      process.vads().forEach(vad -> places.add(new Place(kernel, vad.node(), 0x80)));
      process.threads().stream()
          .filter(thread -> thread.exitTime() == 0)
          .forEach(thread -> places.add(new Place(kernel, thread.ethread(), 0x400)));
      process.handles().forEach(handle -> places.add(new Place(kernel, handle.object(), 0x60)));
      places.add(new Place(kernel, process.objectTable(), 0x40));
      places.add(new Place(kernel, process.eprocess() + 0x500, 0x200));
      if (process.peb() != 0) {
        AddressSpace own = machine.processSpace(process.pid());
        places.add(new Place(own, process.peb(), 0x80));
        process.modules().forEach(module -> places.add(new Place(own, module.entry(), 0x80)));
      }
    }
    return places;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void pointersThatLeadAnywhereEndInEveryCase(int seed) throws IOException {
    SyntheticMachine machine = TamperedMachine.of(seed % 2 == 0 ? 19041 : 7601);
    List<Place> places = places(machine);
    SyntheticImage image = new SyntheticImage(machine);
    Random random = new Random(seed);
    for (int i = 0; i < WORDS; i++) {
      Place place = places.get(random.nextInt(places.size()));
      long at = place.address() + random.nextInt(place.size() / 8) * 8L;
      if (place.space().isMapped(at & -4096L)) {
        image.putI64(place.space().physical(at), value(random, places));
      }
    }
    Analysis analysis = Analysis.of(image, SampleMachines.embeddedSymbols());
    assertThat(analysis.processes).isNotEmpty();
    assertThat(analysis.errors).isNotEmpty();
    assertThat(analysis.rows(VadRow.class)).isNotEmpty();
    assertThat(analysis.rows(HandleRow.class)).isNotEmpty();
    assertThat(analysis.rows(TokenGroupRow.class)).isNotEmpty();
  }

  private static long value(Random random, List<Place> places) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> random.nextLong();
      case 3 -> 0x7FFF_FFFFL;
      case 4 -> 0xFFFF_8000_0000_0000L | random.nextLong() >>> 20;
      default -> places.get(random.nextInt(places.size())).address();
    };
  }

  @Test
  void aDamagedProcessCostsTheOthersNothing() throws IOException {
    SyntheticMachine machine = TamperedMachine.of(19041);
    ProcessTruth victim = machine.truth().process("shell.exe");
    SyntheticImage image = new SyntheticImage(machine);
    victim.vads().forEach(vad -> image.zeroPage(machine.kernelSpace().physical(vad.node())));
    Analysis damaged = Analysis.of(image, SampleMachines.embeddedSymbols());
    Analysis sound = Analysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols());
    // Nodes of other processes share the pages; those of the first processes do not.
    assertThat(damaged.rows(VadRow.class).size()).isBetween(1, sound.rows(VadRow.class).size() - 1);
    assertThat(damaged.rows(HandleRow.class)).hasSameSizeAs(sound.rows(HandleRow.class));
    assertThat(damaged.errors).anyMatch(row -> row.getTableName().equals("vads"));
  }
}
