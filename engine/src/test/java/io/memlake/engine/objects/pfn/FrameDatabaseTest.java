package io.memlake.engine.objects.pfn;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.pagedout.TrimmedHost;
import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.PageTableWalker;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.paging.ReverseMapBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.PteFormat;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frame database as a second source beside page tables. */
class FrameDatabaseTest {
  @TempDir Path folder;

  private final TrimmedMachine machine =
      new TrimmedMachine(
          SyntheticMachine.windows(19041).seed(5).standardProcesses().build(),
          PteFormat.sinceUpdates(),
          5);

  private ProcessTruth explorer() {
    return machine.machine().truth().processes().stream()
        .filter(process -> process.name().equals("explorer.exe"))
        .findFirst()
        .orElseThrow();
  }

  /** A private range of explorer.exe of which at least two pages have frames. */
  private VadTruth range() {
    return explorer().vads().stream()
        .filter(vad -> vad.privateMemory() && vad.start() != 0x7FFE_0000L)
        .filter(vad -> machine.mappedPages(explorer().pid(), vad).size() > 1)
        .findFirst()
        .orElseThrow();
  }

  private ReverseMap owners(Machine opened) throws IOException {
    ReverseMapBuilder builder = new ReverseMapBuilder();
    PageTableWalker.walk(
        opened.kernelSpace(),
        builder.visitor(new MappingOwner(4, opened.description().dtb(), true)));
    for (ProcessTruth process : machine.machine().truth().processes()) {
      if (process.presence().isRunning() && process.dtb() != opened.description().dtb()) {
        PagedAddressSpace space = opened.space(process.dtb());
        PageTableWalker.walkOwn(
            space,
            opened.kernelSpace(),
            builder.visitor(new MappingOwner((int) process.pid(), process.dtb(), false)));
      }
    }
    return builder.build();
  }

  private static FrameAgreement compare(FrameDatabase database, ReverseMap owners, long end)
      throws IOException {
    FrameAgreement sum = FrameAgreement.NONE;
    for (long pfn = 0; pfn < end; pfn++) {
      Optional<FrameUse> use = database.use(pfn);
      if (use.isPresent()) {
        sum = sum.plus(FrameAgreement.of(owners, pfn, use.get()));
      }
    }
    return sum;
  }

  @Test
  void framesOfAMachineAtRestAreNamedAlikeByBothSources() throws IOException {
    List<Long> own = machine.fillFrameDatabase();
    try (PagedOutMachine opened = TrimmedHost.write(folder, machine).open(List.of())) {
      ReverseMap owners = owners(opened.machine());
      FrameDatabase database = FrameDatabase.of(opened.machine()).orElseThrow();
      FrameAgreement agreement = compare(database, owners, opened.machine().memory().endPfn());
      assertThat(agreement.disagreements()).isZero();
      assertThat(agreement.databaseOnly()).isZero();
      assertThat(agreement.compared()).isBetween(own.size() / 2L, (long) own.size());
    }
  }

  @Test
  void framesWhosePageTableIsGoneHaveTheirOwnerByTheDatabase() throws IOException {
    List<Long> pages = machine.mappedPages(explorer().pid(), range());
    List<Long> frames =
        pages.stream().map(page -> machine.frameOf(explorer().pid(), page)).toList();
    machine.fillFrameDatabase();
    machine.loseTable(explorer().pid(), range().start());
    try (PagedOutMachine opened = TrimmedHost.write(folder, machine).open(List.of())) {
      ReverseMap owners = owners(opened.machine());
      FrameDatabase database = FrameDatabase.of(opened.machine()).orElseThrow();
      for (int i = 0; i < pages.size(); i++) {
        assertThat(owners.mappingCount(frames.get(i))).isZero();
        assertThat(database.use(frames.get(i)))
            .hasValue(new FrameUse(explorer().dtb(), pages.get(i), 6));
      }
      FrameAgreement agreement = compare(database, owners, opened.machine().memory().endPfn());
      assertThat(agreement.databaseOnly()).isGreaterThanOrEqualTo(pages.size());
      assertThat(agreement.disagreements()).isZero();
    }
  }

  @Test
  void anEntryThatWasExchangedAfterwardsIsCounted() throws IOException {
    List<Long> pages = machine.mappedPages(explorer().pid(), range());
    machine.fillFrameDatabase();
    machine.exchange(explorer().pid(), pages.get(0), pages.get(1));
    try (PagedOutMachine opened = TrimmedHost.write(folder, machine).open(List.of())) {
      FrameDatabase database = FrameDatabase.of(opened.machine()).orElseThrow();
      FrameAgreement agreement =
          compare(database, owners(opened.machine()), opened.machine().memory().endPfn());
      assertThat(agreement.disagreements()).isEqualTo(2);
    }
  }

  @Test
  void noiseInTheDatabaseNamesNobody() throws IOException {
    machine.fillFrameDatabaseWithNoise();
    try (PagedOutMachine opened = TrimmedHost.write(folder, machine).open(List.of())) {
      FrameDatabase database = FrameDatabase.of(opened.machine()).orElseThrow();
      for (long pfn = 0; pfn < opened.machine().memory().endPfn(); pfn++) {
        assertThat(database.use(pfn)).isEmpty();
      }
    }
  }
}
