package io.memlake.engine.extract.minidump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Wine's {@code winedump}, a reader that knows nothing of ours, makes of an extract. */
class WinedumpMinidumpTest {
  /** Where Debian's wine64-tools puts it. */
  private static final Path WINEDUMP = Path.of("/usr/lib/wine/winedump");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {7601, 19041, 22000})
  void winedumpListsTheModulesThreadsAndHandlesOfTheProcess(int build) throws Exception {
    assumeTrue(
        Files.isExecutable(WINEDUMP),
        "Skipped: winedump is not installed; .ci/run installs wine64-tools");
    SyntheticMachine machine = MinidumpExtractTest.machine(build);
    ProcessTruth truth = machine.truth().process("victim.exe");
    Path dump = folder.resolve("victim.dmp");
    try (OutputStream out = Files.newOutputStream(dump)) {
      MinidumpExtractTest.write(machine, truth, out);
    }

    List<String> lines = winedump(dump);

    assertThat(facts(lines, "ProcessId")).containsExactly("" + truth.pid());
    assertThat(lines).anyMatch(line -> line.startsWith("Version: ") && line.contains("(" + build));
    assertThat(facts(lines, "BaseOfImage", "SizeOfImage", "ModuleName"))
        .containsExactlyElementsOf(
            truth.modules().stream()
                .map(one -> hex(one.base()) + " " + one.size() + " " + quoted(one.path()))
                .toList());
    assertThat(facts(lines, "ThreadId", "Teb"))
        .containsExactlyElementsOf(
            truth.threads().stream().map(one -> one.tid() + " " + hex(one.teb())).toList());
    assertThat(facts(lines, "Handle", "TypeName", "ObjectName", "GrantedAccess"))
        .hasSize(2)
        .containsExactlyElementsOf(
            truth.handles().stream()
                .map(
                    one ->
                        String.join(
                            " ",
                            hex(one.value()),
                            quoted(one.type()),
                            one.name().isEmpty() ? "<<rva=0>>" : quoted(one.name()),
                            hex(one.access())))
                .toList());
  }

  private static List<String> winedump(Path dump) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(WINEDUMP.toString(), "dump", dump.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.lines().map(String::strip).toList();
  }

  /** The values of fields that follow each other, a line for each time that the last one occurs. */
  private static List<String> facts(List<String> lines, String... names) {
    List<String> facts = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      String name = names[values.size()] + ": ";
      if (line.startsWith(name)) {
        values.add(line.substring(name.length()));
        if (values.size() == names.length) {
          facts.add(String.join(" ", values));
          values.clear();
        }
      }
    }
    assertThat(values).isEmpty();
    return facts;
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }

  /** As winedump writes a text. */
  private static String quoted(String text) {
    return "L\"" + text.replace("\\", "\\\\") + "\"";
  }
}
