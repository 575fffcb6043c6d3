package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.NarrowHost;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SymbolMatch;
import io.memlake.engine.paging.PagingMode;
import io.memlake.schemas.row.HandleRow;
import io.memlake.schemas.row.HostRow;
import io.memlake.schemas.row.KernelModuleRow;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.ThreadRow;
import io.memlake.schemas.row.VadRow;
import io.memlake.testdata.narrow.NarrowMachine;
import io.memlake.testdata.narrow.NarrowProcessTruth;
import io.memlake.testdata.narrow.NarrowRange;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of 32-bit Windows, with and without PAE, from discovery to the tables. */
class NarrowRowsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2600, 7601, 19041})
  void theMachineIsFound(int build) throws IOException {
    NarrowHost host = NarrowHost.write(folder, build);
    MachineDescription found = host.discover();
    assertThat(found.problem()).isEmpty();
    assertThat(found.mode()).isEqualTo(build == 2600 ? PagingMode.X86 : PagingMode.PAE);
    assertThat(found.architecture()).isEqualTo("x86");
    assertThat(found.dtb()).isEqualTo(host.machine().dtb());
    assertThat(found.kernelBase()).isEqualTo(host.machine().kernelBaseAddress());
    assertThat(found.version().build()).isEqualTo(build);
    assertThat(found.symbolMatch()).isEqualTo(SymbolMatch.FORCED);
    assertThat(found.votes())
        .anyMatch(vote -> vote.locator().equals("kernel.kdbg_block") && vote.accepted())
        .anyMatch(vote -> vote.locator().equals("kernel.pe_scan") && vote.accepted())
        .anyMatch(
            vote ->
                vote.accepted()
                    && vote.locator().equals(build == 2600 ? "dtb.x86_root" : "dtb.pae_root"));
  }

  @ParameterizedTest
  @ValueSource(ints = {2600, 7601})
  void aRootThatLooksLikeNoneIsFoundThroughTheSystemProcess(int build) throws IOException {
    NarrowHost host = NarrowHost.write(folder, build);
    try (RandomAccessFile file =
        new RandomAccessFile(host.image().files().get(0).toString(), "rw")) {
      // Without PAE the entry that leads back, with PAE the empty rest of the root's page.
      file.seek(host.machine().dtb() + 0xC00);
      file.write(build == 2600 ? new byte[4] : new byte[] {1, 2, 3, 4});
    }
    MachineDescription found = host.discover();
    assertThat(found.problem()).isEmpty();
    assertThat(found.dtb()).isEqualTo(host.machine().dtb());
    assertThat(found.votes())
        .anyMatch(vote -> vote.locator().equals("dtb.system_eprocess_32") && vote.accepted());
  }

  @ParameterizedTest
  @ValueSource(ints = {2600, 7601, 19041})
  void processesAreToldByListAndScan(int build) throws IOException {
    NarrowHost host = NarrowHost.write(folder, build);
    MachineRows rows = MachineRows.of(host.image(), host.forced());
    Map<Long, ProcessRow> processes =
        rows.table("processes", ProcessRow.class).stream()
            .collect(Collectors.toMap(row -> (long) row.getPid(), row -> row));
    assertThat(processes).hasSize(host.machine().processes().size());
    for (NarrowProcessTruth truth : host.machine().processes()) {
      ProcessRow row = processes.get(truth.pid());
      assertThat(row.getImageFileName()).isEqualTo(truth.name());
      assertThat((long) row.getPpid()).isEqualTo(truth.ppid());
      assertThat(row.getEprocess()).isEqualTo(truth.eprocess());
      assertThat(row.getDtb()).isEqualTo(truth.dtb());
      assertThat(row.getInPslist()).isEqualTo(truth.listed());
      assertThat(row.getInPsscan()).isTrue();
      assertThat(row.getExitTime() != null).isEqualTo(truth.exitTime() != 0);
      if (truth.peb() != 0) {
        assertThat(row.getCommandLine()).isEqualTo(truth.commandLine());
        assertThat(row.getPeb()).isEqualTo(truth.peb());
      }
    }
    HostRow machine = rows.table("hosts", HostRow.class).get(0);
    assertThat(machine.getArch()).isEqualTo("x86");
    assertThat(machine.getPagingMode()).isEqualTo(build == 2600 ? "x86" : "x86_pae");
    assertThat(machine.getNtBuild()).isEqualTo(build);
    assertThat(
            rows.table("threads", ThreadRow.class).stream()
                .map(row -> row.getPid() + ":" + row.getTid())
                .toList())
        .containsExactlyInAnyOrderElementsOf(
            host.machine().processes().stream()
                .flatMap(truth -> truth.threads().stream().map(tid -> truth.pid() + ":" + tid))
                .toList());
    assertThat(
            rows.table("kernel_modules", KernelModuleRow.class).stream()
                .collect(Collectors.toMap(KernelModuleRow::getName, KernelModuleRow::getBase)))
        .isEqualTo(host.machine().kernelModules());
  }

  @ParameterizedTest
  @ValueSource(ints = {2600, 7601, 19041})
  void modulesRangesAndHandlesOfProcessesAreTold(int build) throws IOException {
    NarrowHost host = NarrowHost.write(folder, build);
    Analysis rows = Analysis.of(host.image(), host.forced());
    for (NarrowProcessTruth truth : host.machine().processes()) {
      Map<String, Long> modules = new TreeMap<>();
      rows.modules.stream()
          .filter(row -> row.getPid() == truth.pid())
          .forEach(row -> modules.put(row.getPath(), row.getBase()));
      assertThat(modules).isEqualTo(new TreeMap<>(truth.modules()));
      List<VadRow> ranges =
          rows.rows(VadRow.class).stream().filter(row -> row.getPid() == truth.pid()).toList();
      assertThat(ranges).extracting(VadRow::getStart).isEqualTo(starts(truth));
      for (int i = 0; i < ranges.size(); i++) {
        NarrowRange expected = truth.ranges().get(i);
        assertThat(ranges.get(i).getEnd()).isEqualTo(expected.end());
        assertThat(ranges.get(i).getPrivateMemory()).isEqualTo(expected.privateMemory());
        assertThat(ranges.get(i).getFile())
            .isEqualTo(expected.privateMemory() ? null : expected.file());
      }
    }
    assertThat(rows.modules).allMatch(row -> row.getBits() == 32 && !row.getWow64());
    assertThat(rows.modules).extracting(ModuleRow::getMapped).containsOnly(true);
    assertThat(rows.rows(HandleRow.class))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.getPid()).isEqualTo(1480);
              assertThat(row.getType()).isEqualTo("Process");
              assertThat(row.getObject()).isEqualTo(host.machine().process(1932).eprocess());
              assertThat(row.getTargetPid()).isEqualTo(1932);
            });
    assertThat(host.machine().process(NarrowMachine.HIDDEN_PID).listed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {2600, 7601, 19041})
  void layoutsOf64BitKernelsOfTheSameBuildAreNotBorrowed(int build) throws IOException {
    NarrowHost host = NarrowHost.write(folder, build);
    MachineDescription found =
        MachineDiscovery.discover(
            host.image(),
            new LocalEvidence(),
            SampleMachines.embeddedSymbols(),
            DiscoverySettings.DEFAULT);
    assertThat(found.symbolMatch()).isEqualTo(SymbolMatch.NONE);
    assertThat(found.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).startsWith("No symbols for the kernel in "));
  }

  @Test
  void symbolsOfTheOtherWidthAreRefusedByName() throws IOException {
    NarrowHost host = NarrowHost.write(folder, 7601);
    MachineDescription found =
        MachineDiscovery.discover(
            host.image(),
            new LocalEvidence(),
            SampleMachines.reactosSymbols(),
            DiscoverySettings.DEFAULT);
    assertThat(found.problem())
        .hasValueSatisfying(
            problem ->
                assertThat(problem).contains("are of a 64-bit kernel, this one has 32 bits"));
  }

  private static List<Long> starts(NarrowProcessTruth truth) {
    return truth.ranges().stream().map(NarrowRange::start).toList();
  }
}
