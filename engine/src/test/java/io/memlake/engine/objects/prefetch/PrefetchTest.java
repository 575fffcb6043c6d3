package io.memlake.engine.objects.prefetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.image.SampleData;
import io.memlake.engine.objects.value.FileTime;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real prefetch files against libscca; resources/…/README.md says how it was run. */
class PrefetchTest {
  private static final String VERSION_31 = "AM_DELTA_PATCH_1.443.990.0.EX-7037CF86.pf";
  private static final int ROUNDS = 200;

  private static byte[] bytes(String name) throws Exception {
    return Files.readAllBytes(SampleData.file("prefetch/" + name));
  }

  private static Prefetch sample(String name) throws Exception {
    return Prefetch.parse(name, bytes(name));
  }

  @TestFactory
  Stream<DynamicTest> everyFileIsReadAsLibsccaReadsIt() throws Exception {
    try (InputStream in = PrefetchTest.class.getResourceAsStream("prefetch.tsv")) {
      List<String> rows = new String(in.readAllBytes(), UTF_8).lines().skip(1).toList();
      return rows.stream()
          .map(row -> row.split("\t", -1))
          .map(row -> DynamicTest.dynamicTest(row[0], () -> compare(row)));
    }
  }

  private static void compare(String[] row) throws Exception {
    Prefetch prefetch = sample(row[0]);
    String times =
        prefetch.runTimes().stream().map(String::valueOf).collect(Collectors.joining(" "));

    assertThat(prefetch.whole()).isTrue();
    assertThat(prefetch.version()).isEqualTo(Integer.parseInt(row[1]));
    assertThat(prefetch.executable()).isEqualTo(row[2]);
    assertThat(prefetch.hash()).isEqualTo(Integer.parseUnsignedInt(row[3], 16));
    assertThat(prefetch.runCount()).isEqualTo(Long.parseLong(row[4]));
    assertThat(times).isEqualTo(row[5]);
    assertThat(prefetch.files()).hasSize(Integer.parseInt(row[6]));
    assertThat(digest(prefetch.files().stream().map(f -> f.path() + "|" + f.reference())))
        .isEqualTo(row[7]);
    assertThat(prefetch.volumes()).hasSize(Integer.parseInt(row[8]));
    assertThat(
            digest(
                prefetch.volumes().stream()
                    .map(
                        volume ->
                            volume.devicePath()
                                + "|"
                                + volume.created()
                                + "|"
                                + Integer.toUnsignedLong(volume.serial()))))
        .isEqualTo(row[9]);
  }

  @Test
  void versionOfWindows11IsRead() throws Exception {
    Prefetch prefetch = sample(VERSION_31);

    assertThat(prefetch.version()).isEqualTo(31);
    assertThat(prefetch.hash()).isEqualTo(0x7037CF86);
    assertThat(prefetch.executable()).isEqualTo("AM_DELTA_PATCH_1.443.990.0.EX");
    assertThat(prefetch.whole()).isTrue();
    assertThat(prefetch.runCount()).isEqualTo(1);
    assertThat(prefetch.runTimes()).singleElement().matches(FileTime::plausible);
    assertThat(prefetch.executablePath().orElseThrow())
        .endsWith("\\AM_DELTA_PATCH_1.443.990.0.EXE");
    assertThat(prefetch.volumes()).isNotEmpty();
  }

  @Test
  void pathOfTheProgramIsFoundAmongItsFiles() throws Exception {
    assertThat(sample("PING.EXE-B29F6629.pf").executablePath())
        .contains("\\DEVICE\\HARDDISKVOLUME1\\WINDOWS\\SYSTEM32\\PING.EXE");
  }

  @Test
  void directoriesOfAVolumeAreRead() throws Exception {
    PrefetchVolume volume = sample("PING.EXE-B29F6629.pf").volumes().get(0);

    assertThat(volume.directories())
        .contains("\\DEVICE\\HARDDISKVOLUME1\\WINDOWS\\SYSTEM32")
        .allMatch(directory -> directory.startsWith("\\DEVICE\\HARDDISKVOLUME1"));
  }

  @Test
  void cutOffFileGivesWhatIsThere() throws Exception {
    byte[] whole = bytes("PING.EXE-B29F6629.pf");

    Prefetch prefetch = Prefetch.parse("cut", Arrays.copyOf(whole, 1024));

    assertThat(prefetch.whole()).isFalse();
    assertThat(prefetch.runCount()).isEqualTo(14);
    assertThat(prefetch.files()).isNotEmpty();
  }

  @Test
  void otherFilesAreRefusedWithAReason() {
    assertThatThrownBy(() -> Prefetch.parse("x.pf", new byte[1000]))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessage("Cannot read prefetch file x.pf: at 0x4 the signature SCCA is missing");
    byte[] unknown = new byte[1000];
    unknown[0] = 99;
    System.arraycopy("SCCA".getBytes(UTF_8), 0, unknown, 4, 4);
    assertThatThrownBy(() -> Prefetch.parse("x.pf", unknown))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("the version is 99");
    byte[] huge = {'M', 'A', 'M', 4, -1, -1, -1, -1};
    assertThatThrownBy(() -> Prefetch.parse("x.pf", huge))
        .isInstanceOf(MalformedObjectException.class)
        .hasMessageContaining("the plain size is 4294967295");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PING.EXE-B29F6629.pf", "NOTEPAD.EXE-D8414F97.pf", "CMD.EXE-087B4001.pf"})
  void randomDamageIsSurvived(String name) throws Exception {
    byte[] good = bytes(name);
    Random random = new Random(name.hashCode());
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = good.clone();
      for (int i = random.nextInt(20); i >= 0; i--) {
        bytes[random.nextInt(Math.min(bytes.length, 0x400))] = (byte) random.nextInt();
      }
      try {
        Prefetch prefetch = Prefetch.parse(name, bytes);
        prefetch.executablePath();
        read++;
      } catch (MalformedObjectException e) {
        assertThat(e).hasMessageStartingWith("Cannot read prefetch file " + name);
      }
    }
    assertThat(read).isPositive();
  }

  private static String digest(Stream<String> lines) throws Exception {
    byte[] text = lines.collect(Collectors.joining("\n")).getBytes(UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
  }
}
