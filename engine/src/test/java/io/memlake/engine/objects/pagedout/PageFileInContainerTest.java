package io.memlake.engine.objects.pagedout;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.pagefile.PageFileCheck.Verdict;
import io.memlake.testdata.image.Aff4Writer;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.ListedPageFile;
import io.memlake.testdata.paging.PteFormat;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One AFF4 container with memory, page file and swap file is all the evidence there is. */
class PageFileInContainerTest {
  private static final int PAGE = 4096;

  @TempDir Path folder;

  private record Moved(ProcessTruth process, long page, int number) {}

  private static List<Moved> pageOut(TrimmedMachine machine) {
    List<Moved> moved = new ArrayList<>();
    for (ProcessTruth process : machine.machine().truth().processes()) {
      if (!process.presence().isRunning() || process.peb() == 0) {
        continue;
      }
      for (VadTruth range : process.vads()) {
        for (long page : machine.mappedPages(process.pid(), range)) {
          if (range.privateMemory() && page != 0x7FFE_0000L) {
            int number = moved.size() % 5 == 0 ? 1 : 0;
            if (moved.size() % 7 == 0) {
              machine.toStandbyWithCopy(process.pid(), page, number);
            } else {
              machine.toPageFile(process.pid(), page, number);
            }
            moved.add(new Moved(process, page, number));
          }
        }
      }
    }
    return moved;
  }

  @Test
  void processesWhosePagesAreInTheContainersOwnFilesAreReadWhole() throws IOException {
    TrimmedMachine machine =
        new TrimmedMachine(
            SyntheticMachine.windows(19041).seed(12).standardProcesses().build(),
            PteFormat.sinceUpdates(),
            12);
    List<Moved> moved = pageOut(machine);
    machine.listPageFiles(
        List.of(
            new ListedPageFile(0, "\\??\\C:\\pagefile.sys", 1 << 16, false),
            new ListedPageFile(1, "\\??\\C:\\swapfile.sys", 1 << 16, false)));
    Path container = folder.resolve("memory.aff4");
    Aff4Writer.writeWithPageFiles(
        machine,
        Map.of(
            "C:/pagefile.sys", machine.pageFiles().get(0).bytes(),
            "C:/swapfile.sys", machine.pageFiles().get(1).bytes()),
        container);
    MachineDescription description =
        MachineDiscovery.discover(
            ImageFormats.standard().index(container.toString(), new LocalEvidence()),
            new LocalEvidence(),
            SampleMachines.embeddedSymbols(),
            DiscoverySettings.DEFAULT);
    PagedOutDescription files =
        PagedOutDiscovery.discover(
            description, new LocalEvidence(), SampleMachines.embeddedSymbols(), List.of());
    assertThat(files.files()).extracting(PageFileUse::number).containsExactly(0, 1);
    assertThat(files.files()).extracting(PageFileUse::verdict).containsOnly(Verdict.FITS);
    assertThat(moved).hasSizeGreaterThan(100);
    try (PagedOutMachine opened =
        PagedOutMachine.open(
            description, files, new LocalEvidence(), SampleMachines.embeddedSymbols())) {
      for (Moved one : moved) {
        PagedAddressSpace space = opened.machine().space(one.process().dtb());
        assertThat(space.map(one.page(), PAGE))
            .hasValue(machine.intended(one.process().pid(), one.page()).orElseThrow());
      }
    }
  }
}
