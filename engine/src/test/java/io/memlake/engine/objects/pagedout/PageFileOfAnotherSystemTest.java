package io.memlake.engine.objects.pagedout;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.paging.pagefile.PageFileCheck.Verdict;
import io.memlake.engine.paging.pagefile.SlotState;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.PteFormat;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page file is used when it belongs to the image; otherwise that is said. */
class PageFileOfAnotherSystemTest {
  private static final int PAGE = 4096;

  @TempDir static Path folder;

  private static TrimmedHost host;
  private static TrimmedMachine machine;
  private static long pagedOutPid;
  private static long pagedOutPage;

  @BeforeAll
  static void pageOut() throws IOException {
    SyntheticMachine before = SyntheticMachine.windows(19041).seed(9).standardProcesses().build();
    machine = new TrimmedMachine(before, PteFormat.sinceUpdates(), 9);
    trim(machine);
    host = TrimmedHost.write(folder, machine);
  }

  private static void trim(TrimmedMachine machine) {
    int moved = 0;
    for (ProcessTruth process : machine.machine().truth().processes()) {
      if (!process.presence().isRunning() || process.peb() == 0) {
        continue;
      }
      for (VadTruth range : process.vads()) {
        for (long page : machine.mappedPages(process.pid(), range)) {
          if (range.privateMemory() && page != 0x7FFE0000L) {
            if (moved++ % 4 == 0) {
              machine.toStandbyWithCopy(process.pid(), page, 0);
            } else {
              machine.toPageFile(process.pid(), page, 0);
              if (machine == PageFileOfAnotherSystemTest.machine) {
                pagedOutPid = process.pid();
                pagedOutPage = page;
              }
            }
          }
        }
      }
    }
  }

  private PageFileUse use(Path file) throws IOException {
    PagedOutDescription description = host.describe(List.of(PageFileRequest.of(file.toString())));
    return description.files().get(0);
  }

  @Test
  void itsOwnFileFitsByTheCopiesInRam() throws IOException {
    PageFileUse use = use(folder.resolve("pagefile.sys"));

    assertThat(use.verdict()).isEqualTo(Verdict.FITS);
    assertThat(use.reason()).containsPattern("([0-9]+) of \\1 pages in RAM are equal");
  }

  @Test
  void aFileWithOtherPagesIsForeignAndNeverRead() throws IOException {
    byte[] noise = new byte[(int) Files.size(folder.resolve("pagefile.sys"))];
    new SplittableRandom(1).nextBytes(noise);
    Path other = Files.write(folder.resolve("pagefile.other.sys"), noise);

    PagedOutDescription description = host.describe(List.of(PageFileRequest.of(other.toString())));

    assertThat(description.files().get(0).verdict()).isEqualTo(Verdict.FOREIGN);
    assertThat(description.files().get(0).isUsed()).isFalse();
    assertThat(description.notes())
        .anyMatch(note -> note.startsWith(other + " is not used, it belongs to another system"));
    try (PagedOutMachine opened = host.open(description)) {
      PagedAddressSpace space = host.space(opened.machine(), pagedOutPid);
      assertThat(space.read(pagedOutPage, new byte[PAGE], 0, PAGE)).isFalse();
      assertThat(opened.accounts().of(space, pagedOutPage).absence())
          .isEqualTo(PageAbsence.PAGE_FILE_FOREIGN);
      assertThat(opened.count(SlotState.FOREIGN)).isEqualTo(1);
    }
  }

  /** The same computer at another time: another seed gives other pages in other slots. */
  @Test
  void aFileOfAnotherBootIsForeignAndSaidToBeSo() throws IOException {
    SyntheticMachine before = SyntheticMachine.windows(19041).seed(10).standardProcesses().build();
    TrimmedMachine earlier = new TrimmedMachine(before, PteFormat.sinceUpdates(), 10);
    trim(earlier);
    Path file = folder.resolve("pagefile.earlier.sys");
    earlier.pageFiles().get(0).write(file);

    PagedOutDescription description = host.describe(List.of(PageFileRequest.of(file.toString())));

    assertThat(description.files().get(0).verdict()).isEqualTo(Verdict.FOREIGN);
    assertThat(description.notes())
        .anyMatch(note -> note.startsWith(file + " is not used, it belongs to another system"));
    try (PagedOutMachine opened = host.open(description)) {
      PagedAddressSpace space = host.space(opened.machine(), pagedOutPid);
      assertThat(space.read(pagedOutPage, new byte[PAGE], 0, PAGE)).isFalse();
    }
  }

  @Test
  void aTruncatedFileIsReadAsFarAsItGoes() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("pagefile.sys"));
    int half = whole.length / 2 / PAGE * PAGE + 100;
    Path cut =
        Files.write(folder.resolve("pagefile.cut.sys"), java.util.Arrays.copyOf(whole, half));

    try (PagedOutMachine opened = host.open(List.of(PageFileRequest.of(cut.toString())))) {
      PagedAddressSpace space = host.space(opened.machine(), pagedOutPid);
      // The page that left last has the last slot.
      assertThat(opened.accounts().of(space, pagedOutPage).absence())
          .isEqualTo(PageAbsence.PAGE_FILE_TRUNCATED);
      int read = 0;
      for (ProcessTruth process : machine.machine().truth().processes()) {
        for (VadTruth range : process.vads()) {
          for (long page : machine.mappedPages(process.pid(), range)) {
            byte[] bytes = new byte[PAGE];
            PagedAddressSpace own = host.space(opened.machine(), process.pid());
            if (own.read(page, bytes, 0, PAGE)) {
              assertThat(bytes).isEqualTo(machine.intended(process.pid(), page).orElseThrow());
              read++;
            }
          }
        }
      }
      assertThat(read).isGreaterThan(100);
    }
  }
}
