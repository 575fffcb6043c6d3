package io.memlake.engine.artifacts.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.CachedumpRow;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.HashdumpRow;
import io.memlake.schemas.row.LsadumpRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.registry.HiveContent;
import io.memlake.testdata.registry.HiveSpec;
import io.memlake.testdata.registry.SecretHives;
import io.memlake.testdata.registry.StandardHives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets come out of the hives of a machine as they were put in, and as samdump2 reads them. */
class SecretArtifactTest {
  private final List<HashdumpRow> accounts = new ArrayList<>();
  private final List<LsadumpRow> secrets = new ArrayList<>();
  private final List<CachedumpRow> logons = new ArrayList<>();
  private final List<ErrorRow> errors = new ArrayList<>();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hashesOfAccountsAreDecrypted(boolean aes) throws IOException {
    read(SecretHives.sam(aes), SecretHives.security());

    assertThat(accounts).hasSize(1);
    HashdumpRow alice = accounts.get(0);
    assertThat(alice.getUserName()).isEqualTo("alice");
    assertThat(alice.getRid()).isEqualTo(1001);
    assertThat(alice.getNtHash()).isEqualTo(SecretHives.NT_HASH);
    assertThat(alice.getLmHash()).isNull();
    assertThat(alice.getScheme()).isEqualTo(aes ? "aes" : "rc4");
    assertThat(errors).isEmpty();
  }

  @Test
  void secretsAndCachedLogonsAreDecrypted() throws IOException {
    read(SecretHives.sam(true), SecretHives.security());

    assertThat(secrets).hasSize(2);
    LsadumpRow password =
        secrets.stream()
            .filter(row -> row.getName().equals("DefaultPassword"))
            .findFirst()
            .orElseThrow();
    assertThat(password.getText()).isEqualTo(SecretHives.PASSWORD);
    assertThat(password.getVersion()).isEqualTo("current");
    assertThat(logons).hasSize(1);
    CachedumpRow bob = logons.get(0);
    assertThat(bob.getUserName()).isEqualTo("bob");
    assertThat(bob.getDomain()).isEqualTo("CORP");
    assertThat(bob.getDomainName()).isEqualTo("CORP.EXAMPLE.NET");
    assertThat(bob.getHash()).isEqualTo(SecretHives.LOGON_HASH);
    assertThat(bob.getIterations()).isEqualTo(10_240);
  }

  @Test
  void samdump2GivesTheSameHashesForTheRealSamAndForOurs() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/samdump2")),
        "Skipped: samdump2 of Debian is not installed");
    byte[] real = Files.readAllBytes(SampleData.file("registry/ez/SAM"));

    for (HiveContent sam : List.of(SecretHives.sam(false), HiveContent.ofFile(real))) {
      accounts.clear();
      read(sam, SecretHives.security());

      assertThat(
              accounts.stream()
                  .map(
                      row ->
                          row.getUserName()
                              + ":"
                              + row.getRid()
                              + ":"
                              + or(row.getLmHash(), "aad3b435b51404eeaad3b435b51404ee")
                              + ":"
                              + or(row.getNtHash(), "31d6cfe0d16ae931b73c59d7e0c089c0")))
          .containsExactlyElementsOf(samdump(sam));
    }
  }

  /** What Windows Vista and later keep, decrypted by code that knows neither reader nor writer. */
  @Test
  void creddump7GivesTheSameHashesSecretsAndLogons() throws Exception {
    read(SecretHives.sam(true), SecretHives.security());
    Path system = Files.write(folder.resolve("SYSTEM"), StandardHives.system().file());
    Path sam = Files.write(folder.resolve("SAM"), SecretHives.sam(true).file());
    Path security = Files.write(folder.resolve("SECURITY"), SecretHives.security().file());

    HashdumpRow alice = accounts.get(0);
    assertThat(creddump("pwdump.py", system, sam))
        .contains(alice.getUserName() + ":" + alice.getRid() + ":")
        .contains(":" + alice.getNtHash() + ":::");
    CachedumpRow bob = logons.get(0);
    assertThat(creddump("cachedump.py", system, security, "true").strip())
        .isEqualToIgnoringCase("bob:" + bob.getHash() + ":CORP:CORP.EXAMPLE.NET");
    assertThat(creddump("lsadump.py", system, security, "true"))
        .contains("DefaultPassword")
        .contains("57 00 69 00 6E 00 74 00 65 00 72 00 32 00 30 00");
  }

  private static String creddump(String program, Object... arguments) throws Exception {
    Path script = Path.of("/usr/share/creddump7", program);
    assumeTrue(Files.exists(script), "Skipped: creddump7 of Debian is not installed");
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3", script.toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assumeTrue(!text.contains("ModuleNotFoundError"), "Skipped: creddump7 lacks pycryptodome");
    return text;
  }

  @Test
  void withoutABootKeyThereAreNoRowsButAReason() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .seed(3)
            .standardProcesses()
            .hive(HiveSpec.machine("SAM", SecretHives.sam(true)))
            .build();
    collect(machine);

    assertThat(accounts).isEmpty();
    assertThat(errors).isNotEmpty().allMatch(row -> row.getAbsence().equals("unreadable"));
  }

  private List<String> samdump(HiveContent sam) throws Exception {
    Path system = Files.write(folder.resolve("SYSTEM"), StandardHives.system().file());
    Path file = Files.write(folder.resolve("SAM"), sam.file());
    Process process =
        new ProcessBuilder("/usr/bin/samdump2", system.toString(), file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text.lines()
        .map(line -> line.replace("*disabled* ", "").replaceAll(":::$", ""))
        .toList();
  }

  private static String or(String hash, String empty) {
    return hash == null ? empty : hash;
  }

  private void read(HiveContent sam, HiveContent security) throws IOException {
    collect(
        SyntheticMachine.windows(19041)
            .seed(3)
            .standardProcesses()
            .hive(HiveSpec.machine("SYSTEM", StandardHives.system()))
            .hive(HiveSpec.machine("SAM", sam))
            .hive(HiveSpec.machine("SECURITY", security))
            .build());
  }

  private void collect(SyntheticMachine machine) throws IOException {
    Analysis.view(
        new SyntheticImage(machine),
        SampleMachines.embeddedSymbols(),
        view -> {
          SecretArtifact.accounts().collect(view, accounts::add, errors::add);
          SecretArtifact.secrets().collect(view, secrets::add, errors::add);
          SecretArtifact.logons().collect(view, logons::add, errors::add);
        });
  }
}
