package io.memlake.engine.artifacts.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.BitlockerKeyRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.trace.BitLockerVolume;
import io.memlake.testdata.trace.ExpandedKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that the tables hold opens the volume that it encrypted, for dislocker. */
class BitLockerVolumeTest {
  private static final Path DISLOCKER = Path.of("/usr/bin/dislocker-file");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "19041, None, AES-XTS-128, 32", "22000, None, AES-XTS-256, 64",
    "19041, None, AES-CBC-128, 16", "9600, Cngb, AES-CBC-256, 32"
  })
  void dislockerOpensTheVolumeWithTheKeyOfTheTable(
      int build, String tag, String algorithm, int length) throws Exception {
    assumeTrue(
        Files.isExecutable(DISLOCKER),
        "Skipped: dislocker-file is not installed; .ci/run installs dislocker");
    SplittableRandom random = new SplittableRandom(length);
    byte[] key = new byte[length];
    random.nextBytes(key);
    byte[] plain = new byte[BitLockerVolume.MIN_SIZE];
    random.nextBytes(plain);
    System.arraycopy(
        "\u00ebR\u0090NTFS    ".getBytes(StandardCharsets.ISO_8859_1), 0, plain, 0, 11);
    boolean xts = algorithm.contains("XTS");
    BitLockerVolume format = xts ? BitLockerVolume.xts(key) : BitLockerVolume.cbc(key);
    Path volume = Files.write(folder.resolve("volume"), format.encrypt(plain));

    BitlockerKeyRow row = key(build, tag, xts ? halves(key) : List.of(key));

    assertThat(row.getAlgorithm()).isEqualTo(algorithm);
    Path keyFile = Files.write(folder.resolve("key"), HexFormat.of().parseHex(row.getDislocker()));
    byte[] opened = dislocker(volume, keyFile);
    assertThat(opened).hasSameSizeAs(plain);
    // Of its own metadata BitLocker shows zeros.
    for (int place : BitLockerVolume.METADATA) {
      Arrays.fill(plain, place, place + BitLockerVolume.METADATA_SIZE, (byte) 0);
      Arrays.fill(opened, place, place + BitLockerVolume.METADATA_SIZE, (byte) 0);
    }
    int moved = BitLockerVolume.MOVED;
    Arrays.fill(plain, moved, moved + BitLockerVolume.MOVED_SIZE, (byte) 0);
    Arrays.fill(opened, moved, moved + BitLockerVolume.MOVED_SIZE, (byte) 0);
    assertThat(Arrays.mismatch(opened, plain)).isEqualTo(-1);
  }

  private static List<byte[]> halves(byte[] key) {
    return List.of(
        Arrays.copyOf(key, key.length / 2), Arrays.copyOfRange(key, key.length / 2, key.length));
  }

  /** The key out of an allocation with its round keys, in the pool of a machine. */
  private static BitlockerKeyRow key(int build, String tag, List<byte[]> keys) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(0x300);
    for (int i = 0; i < keys.size(); i++) {
      data.position(0x58 + i * 0x140).put(ExpandedKey.of(keys.get(i)));
    }
    SyntheticMachine machine =
        SyntheticMachine.windows(build)
            .seed(build)
            .standardProcesses()
            .poolData(tag, data.array())
            .build();
    List<BitlockerKeyRow> rows = new ArrayList<>();
    Analysis.view(
        new SyntheticImage(machine),
        SampleMachines.embeddedSymbols(),
        view -> new VolumeKeyArtifact().collect(view, rows::add, error -> {}));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private byte[] dislocker(Path volume, Path key) throws Exception {
    Path out = folder.resolve("opened");
    Process process =
        new ProcessBuilder(
                DISLOCKER.toString(),
                "-q",
                "-k",
                key.toString(),
                "-V",
                volume.toString(),
                out.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return Files.readAllBytes(out);
  }
}
