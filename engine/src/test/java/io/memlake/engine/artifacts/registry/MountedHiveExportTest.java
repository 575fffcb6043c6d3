package io.memlake.engine.artifacts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.objects.registry.BaseBlock;
import io.memlake.engine.objects.registry.HiveExport;
import io.memlake.engine.objects.registry.MountedHive;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.registry.HiveContent;
import io.memlake.testdata.registry.HiveSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hive written back from memory is the file that was mounted, and other tools read it. */
class MountedHiveExportTest {
  private static final int BASE_BLOCK = 4096;

  @TempDir private Path folder;

  @Test
  void theFileHasTheBinsOfTheMountedOneAndAValidChecksum() throws IOException {
    HiveContent sam = RegistryMachines.sample("ez/SAM");

    byte[] written = export(sam);

    byte[] file = sam.file();
    assertThat(Arrays.copyOfRange(written, BASE_BLOCK, written.length))
        .isEqualTo(Arrays.copyOfRange(file, BASE_BLOCK, file.length));
    BaseBlock block = BaseBlock.parse(written, 0, BASE_BLOCK).orElseThrow();
    assertThat(block.checksumValid()).isTrue();
    assertThat(block.dirty()).isFalse();
  }

  @Test
  void reglookupListsTheSameKeysAndValues() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/reglookup")),
        "Skipped: reglookup of Debian is not installed");
    HiveContent user = RegistryMachines.sample("ez/NTUSER1.DAT");
    Path original = Files.write(folder.resolve("original"), user.file());
    Path written = Files.write(folder.resolve("written"), export(user));

    List<String> lines = reglookup(written);

    assertThat(lines).hasSizeGreaterThan(1000).isEqualTo(reglookup(original));
  }

  private static List<String> reglookup(Path hive) throws Exception {
    Process process =
        new ProcessBuilder("/usr/bin/reglookup", hive.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor()).isZero();
    return text.lines().toList();
  }

  static byte[] export(HiveContent content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Analysis.view(
        new SyntheticImage(
            SyntheticMachine.windows(19041)
                .seed(8)
                .standardProcesses()
                .hive(HiveSpec.machine("ANY", content))
                .build()),
        SampleMachines.embeddedSymbols(),
        view -> {
          long address = view.hives().units().get(0).address();
          MountedHive hive = view.hives().hive(address).orElseThrow();
          HiveExport.write(hive.cells(), hive.fileBlock(), out);
        });
    return out.toByteArray();
  }
}
