package io.memlake.engine.artifacts.textlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.artifacts.clipboard.ClipboardArtifact;
import io.memlake.engine.artifacts.secret.VolumeKeyArtifact;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.BitlockerKeyRow;
import io.memlake.schemas.row.ClipboardRow;
import io.memlake.schemas.row.DefenderLogRow;
import io.memlake.schemas.row.PowershellHistoryRow;
import io.memlake.testdata.fleet.TracesOfFiles;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was put into open files and into the pool of a machine is read as it was put there. */
class TextLogRowsTest {

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 19041, 22000})
  void filesAndPoolOfAMachineGiveTheirRows(int build) throws IOException {
    MachineBuilder machine =
        SyntheticMachine.windows(build).seed(14).standardProcesses().standardHives();
    TracesOfFiles.add(machine, "WS1", build, 0);
    List<PowershellHistoryRow> commands = new ArrayList<>();
    List<DefenderLogRow> threats = new ArrayList<>();
    List<ClipboardRow> clips = new ArrayList<>();
    List<BitlockerKeyRow> keys = new ArrayList<>();
    Analysis.view(
        new SyntheticImage(machine.build()),
        SampleMachines.embeddedSymbols(),
        view -> {
          new PowershellArtifact().collect(view, commands::add, error -> {});
          new DefenderArtifact().collect(view, threats::add, error -> {});
          new ClipboardArtifact().collect(view, clips::add, error -> {});
          new VolumeKeyArtifact().collect(view, keys::add, error -> {});
        });

    assertThat(commands)
        .extracting(row -> row.getLineNumber() + " " + row.getUserName() + " " + row.getCommand())
        .contains("1 alice whoami /all", "2 alice Get-ADUser -Filter *")
        .hasSize(3);
    assertThat(threats).hasSize(1);
    assertThat(threats.get(0).getThreat()).isEqualTo("Trojan:Win32/Example.A!dha");
    assertThat(threats.get(0).getPath()).endsWith("\\Temp\\svchost.exe");
    assertThat(threats.get(0).getTimeCreated())
        .isEqualTo(Instant.parse("2024-03-05T13:01:20.123Z"));
    assertThat(clips).hasSize(1);
    assertThat(clips.get(0).getFormatName()).isEqualTo("CF_UNICODETEXT");
    assertThat(clips.get(0).getText()).startsWith("Transfer to DE89");
    assertThat(keys).hasSize(1);
    assertThat(keys.get(0).getAlgorithm())
        .isEqualTo(build < 14393 ? "AES-CBC-128-DIFFUSER" : "AES-XTS-128");
  }

  @Test
  void linesAreCutWhereTheTextEndsThem() {
    assertThat(TextLog.lines("one\r\ntwo\n".getBytes(StandardCharsets.UTF_8)))
        .containsExactly("one", "two", "");
    assertThat(TextLog.lines("\uFEFFa\r\nb".getBytes(StandardCharsets.UTF_16LE)))
        .containsExactly("a", "b");
    assertThat(TextLog.lines(new byte[0])).containsExactly("");
  }
}
