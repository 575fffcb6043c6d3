package io.memlake.engine.artifacts.minidump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.virtual.VirtualMemory;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.ThreadRow;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The minidump of a real process of real PE programs: Wine's {@code cmd.exe}, written by {@code
 * winedbg}. What the debugger itself says of the dump, and the programs' own headers, are the
 * truth.
 */
class WineMinidumpTest {
  /** Where Debian's packages put the loader and the programs. */
  private static final Path LOADER = Path.of("/usr/lib/wine/wine64");

  private static final Path PROGRAMS = Path.of("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows");

  private static final Pattern STACK =
      Pattern.compile("0x([0-9a-f]{14,16}): +([0-9a-f]{16}) ([0-9a-f]{16})");

  @TempDir static Path folder;

  private static Process program;
  private static long pid;
  private static ImageIndex dump;
  private static final List<SpecificRecordBase> ROWS = new ArrayList<>();

  @BeforeAll
  static void dumpAProcess() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(LOADER) && Files.isRegularFile(PROGRAMS.resolve("winedbg.exe")),
        "Skipped: wine64 is not installed; .ci/run installs it");
    // Links stand for the copies that Wine would make of a gigabyte of programs.
    Path system = Files.createDirectories(folder.resolve("prefix/drive_c/windows/system32"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(PROGRAMS)) {
      for (Path file : files) {
        Files.createSymbolicLink(system.resolve(file.getFileName()), file);
      }
    }
    Files.writeString(folder.resolve("prefix/.update-timestamp"), "disable\n");
    program = wine("cmd.exe", "/k").redirectOutput(folder.resolve("cmd.txt").toFile()).start();
    pid = waitForPid();
    String told = debugger("--minidump", "cmd.mdmp", Long.toString(pid));
    assumeTrue(
        Files.isRegularFile(folder.resolve("cmd.mdmp")),
        () -> "Skipped: Wine's debugger may not read a process on this machine: " + told);
    dump =
        ImageFormats.standard().index(folder.resolve("cmd.mdmp").toString(), new LocalEvidence());
    MinidumpRows.collect(dump, new LocalEvidence(), MinidumpRows.tables(), ROWS::add);
  }

  @AfterAll
  static void endTheProcess() throws IOException, InterruptedException {
    if (program != null) {
      // Its server runs on and holds the folder: it is ended, and waited for.
      for (String how : List.of("-k", "-w")) {
        ProcessBuilder server = new ProcessBuilder("/usr/lib/wine/wineserver64", how);
        server.environment().putAll(wine().environment());
        server.start().waitFor(20, TimeUnit.SECONDS);
      }
      program.waitFor(10, TimeUnit.SECONDS);
      program.destroyForcibly();
      try (Stream<Path> files = Files.walk(folder)) {
        // JUnit warns of each link that leads out of its folder.
        for (Path link : files.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
  }

  private static ProcessBuilder wine(String... arguments) {
    List<String> command = new ArrayList<>(List.of(LOADER.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.put("WINEPREFIX", folder.resolve("prefix").toString());
    environment.put("WINEDEBUG", "-all");
    environment.put("WINEDLLOVERRIDES", "mscoree,mshtml=");
    return builder;
  }

  private static String debugger(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("winedbg"));
    all.addAll(List.of(arguments));
    Path log = Files.createTempFile(folder, "winedbg", ".txt");
    Process process =
        wine(all.toArray(new String[0]))
            .redirectInput(new File("/dev/null"))
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("winedbg %s", all).isTrue();
    return Files.readString(log, StandardCharsets.ISO_8859_1);
  }

  /**
   * The process number of the running program. A machine whose kernel or sandbox lets Wine run
   * nothing has no dump to compare with: what Wine printed there is the reason of the skip.
   */
  private static long waitForPid() throws IOException, InterruptedException {
    Pattern line = Pattern.compile(" ([0-9a-f]{8}) +\\d+ +.*'cmd\\.exe'");
    String listed = "";
    for (int i = 0; i < 50; i++) {
      listed = debugger("--command", "info process");
      Matcher found = line.matcher(listed);
      if (found.find()) {
        return Long.parseLong(found.group(1), 16);
      }
      Thread.sleep(200);
    }
    String printed = Files.readString(folder.resolve("cmd.txt"), StandardCharsets.ISO_8859_1);
    return abort(
        "Skipped: Wine starts no cmd.exe on this machine%s; it printed <%s>, its debugger listed <%s>"
            .formatted(
                program.isAlive() ? "" : ", exit code " + program.exitValue(), printed, listed));
  }

  private static <R extends SpecificRecordBase> List<R> rows(Class<R> type) {
    return ROWS.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void theProcessIsTheOneThatWasDumped() {
    assertThat(dump.format()).isEqualTo("minidump");
    assertThat(dump.warnings()).isEmpty();
    ProcessRow process = rows(ProcessRow.class).get(0);
    assertThat(process.getPid()).isEqualTo((int) pid);
    assertThat(process.getName()).isEqualTo("cmd.exe");
    assertThat(process.getLayer()).isEqualTo("minidump");
    assertThat(rows(ThreadRow.class)).isNotEmpty();
    assertThat(rows(ThreadRow.class))
        .allSatisfy(thread -> assertThat(thread.getPid()).isEqualTo((int) pid));
  }

  @Test
  void theModulesAreTheProgramsByTheirOwnHeaders() throws IOException {
    List<ModuleRow> modules = rows(ModuleRow.class);
    assertThat(modules)
        .extracting(ModuleRow::getName)
        .contains("cmd.exe", "ntdll.dll", "kernel32.dll", "kernelbase.dll");
    for (ModuleRow module : modules) {
      ByteBuffer file =
          ByteBuffer.wrap(Files.readAllBytes(PROGRAMS.resolve(module.getName())))
              .order(ByteOrder.LITTLE_ENDIAN);
      int header = file.getInt(0x3C);
      assertThat(module.getSize()).as(module.getName()).isEqualTo(file.getInt(header + 0x50));
      assertThat(module.getPath()).endsWith("\\system32\\" + module.getName());
    }
  }

  @Test
  void theStackHoldsWhatTheDebuggerShowsOfTheDump() throws IOException, InterruptedException {
    String shown = debugger("--command", "info threads", "cmd.mdmp");
    Map<Long, Long> words = new TreeMap<>();
    Matcher lines = STACK.matcher(shown);
    while (lines.find()) {
      long address = Long.parseUnsignedLong(lines.group(1), 16);
      words.put(address, Long.parseUnsignedLong(lines.group(2), 16));
      words.put(address + 8, Long.parseUnsignedLong(lines.group(3), 16));
    }
    assertThat(words).as(shown).hasSizeGreaterThan(10);
    byte[] word = new byte[8];
    try (VirtualMemory memory = dump.virtualMemory().orElseThrow().open(new LocalEvidence())) {
      for (Map.Entry<Long, Long> expected : words.entrySet()) {
        assertThat(memory.read(expected.getKey(), word, 0, 8)).isTrue();
        assertThat(ByteBuffer.wrap(word).order(ByteOrder.LITTLE_ENDIAN).getLong())
            .as("0x%x", expected.getKey())
            .isEqualTo(expected.getValue());
      }
    }
  }
}
