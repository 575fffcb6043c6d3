package io.memlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.image.HibernationWriter;
import io.memlake.testdata.image.LimeWriter;
import io.memlake.testdata.image.MinidumpWriter;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  @TempDir Path folder;

  @Test
  void anImageIsToldWithItsRunsHolesBuildAndSymbols() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041).seed(3).ram(48L << 20).standardProcesses().build();
    Path file = folder.resolve("hiberfil.sys");
    HibernationWriter.write(machine, 0x3E0, HibernationWriter.Codec.HUFFMAN, file);
    CommandRun run = CommandRun.of("doctor", "-o", "csv", file);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("ok,format,\"hiber, Windows 10 1809 to 22H2, 64-bit, sets\"")
        .contains("ok,runs,")
        .contains("pages in holes below and between them")
        .contains("ok,header fast_startup,no")
        .contains("19041")
        .contains("ok,symbols wanted,ntkrnlmp.pdb ")
        .contains("ok,symbols found,");
  }

  @Test
  void aMinidumpIsToldWithItsProcess() throws IOException {
    Path file = folder.resolve("probe.dmp");
    MinidumpWriter.write(false, file);
    CommandRun run = CommandRun.of("doctor", "-o", "csv", file);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("ok,format,\"minidump, full memory, x64\"")
        .contains("ok,virtual memory,\"5 ranges, 28,672 bytes\"")
        .contains("ok,process,\"probe.exe, pid 4711, 2 modules, 2 threads, 2 handles\"");
  }

  @Test
  void memoryWithoutWindowsIsAProblem() throws IOException {
    Path file = folder.resolve("image.lime");
    LimeWriter.write(PatternFrames.of(5, 1, 158, 256, 300), file);
    CommandRun run = CommandRun.of("doctor", "-o", "csv", file);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out())
        .contains(
            "ok,runs,\"2: 0x1000-0x9efff, 0x100000-0x22bfff; 98 pages in holes below and between")
        .contains("problem,machine,");
  }

  @Test
  void whatIsNoImageIsRefusedInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "nothing\n".repeat(100_000));
    CommandRun run = CommandRun.of("doctor", file);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("it is a text file; accepted: ").hasLineCount(1);
  }
}
