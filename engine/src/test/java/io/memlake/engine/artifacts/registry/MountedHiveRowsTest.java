package io.memlake.engine.artifacts.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.HiveAnalysis;
import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.objects.registry.Hive;
import io.memlake.engine.objects.registry.HiveGap;
import io.memlake.engine.objects.registry.HiveVisitor;
import io.memlake.engine.objects.registry.HiveWalk;
import io.memlake.engine.objects.registry.KeyNode;
import io.memlake.engine.objects.registry.RegfFile;
import io.memlake.engine.objects.registry.ValueNode;
import io.memlake.engine.objects.registry.ValueText;
import io.memlake.schemas.row.RegistryHiveRow;
import io.memlake.schemas.row.RegistryKeyRow;
import io.memlake.schemas.row.RegistryValueRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.registry.HiveSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hives in the memory of a machine give what their files give. */
class MountedHiveRowsTest {

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 17763, 18362, 19041, 20348, 22000})
  void mountedHivesHaveTheKeysAndValuesOfTheirFiles(int build) throws Exception {
    HiveAnalysis analysis = analyze(RegistryMachines.withSamples(build).build());

    assertThat(analysis.hives.stream().map(RegistryHiveRow::getKind))
        .containsExactly("SAM", "SECURITY", "NTUSER", "COMPONENTS", "DRIVERS", "OTHER", "HARDWARE");
    same(analysis, "\\REGISTRY\\MACHINE\\SAM", "ez/SAM");
    same(analysis, "\\REGISTRY\\MACHINE\\SECURITY", "ez/SECURITY");
    same(analysis, "\\REGISTRY\\USER\\S-1-5-21-1-2-3-1001", "ez/NTUSER1.DAT");
    same(analysis, "\\REGISTRY\\MACHINE\\COMPONENTS", "yarp/BigDataHive");
    same(analysis, "\\REGISTRY\\MACHINE\\DRIVERS", "yarp/ManySubkeysHive");
    same(analysis, "\\REGISTRY\\MACHINE\\ELAM", "yarp/DeletedTreeHive");
    assertThat(analysis.hives).allMatch(RegistryHiveRow::getInList);
    assertThat(analysis.hives).allMatch(row -> row.getMissingBlocks() == 0);
    assertThat(analysis.errors).isEmpty();
  }

  @Test
  void volatileKeysAreReadFromTheirOwnStorage() throws Exception {
    HiveAnalysis analysis = analyze(RegistryMachines.withSamples(19041).build());

    List<RegistryKeyRow> keys = analysis.keysOf("\\REGISTRY\\MACHINE\\HARDWARE");
    assertThat(keys).hasSize(1 + 1 + 1 + 2 + 200 + 1);
    assertThat(keys.stream().filter(RegistryKeyRow::getVolatile$)).hasSize(204);
    assertThat(
            analysis.valuesOf("\\REGISTRY\\MACHINE\\HARDWARE").stream()
                .filter(value -> value.getValue().equals("ProcessorNameString")))
        .singleElement()
        .satisfies(
            value -> {
              assertThat(value.getKey()).isEqualTo("DESCRIPTION\\System\\CentralProcessor\\0");
              assertThat(value.getDataStr()).isEqualTo("Model 7");
              assertThat(value.getVolatile$()).isTrue();
              assertThat(value.getForensicPath()).startsWith("kernel:va:");
            });
    assertThat(
            analysis.valuesOf("\\REGISTRY\\MACHINE\\HARDWARE").stream()
                .filter(value -> "\u4e2d\u6587".equals(value.getKey())))
        .singleElement()
        .satisfies(
            value -> {
              assertThat(value.getDataStr()).isEqualTo("default \u00e9");
              assertThat(value.getForensicPath()).startsWith("pid:");
              assertThat(value.getLastWrite()).isEqualTo(RegistryMachines.TIME);
            });
  }

  @Test
  void deletedKeysOfTheSampleAreFound() throws Exception {
    HiveAnalysis analysis = analyze(RegistryMachines.withSamples(22000).build());

    List<String> deleted =
        analysis.keysOf("\\REGISTRY\\MACHINE\\ELAM").stream()
            .filter(RegistryKeyRow::getDeleted)
            .map(RegistryKeyRow::getKey)
            .toList();
    assertThat(deleted).contains("1\\2\\3", "1\\2\\3\\4\\5");
  }

  @Test
  void blocksThatAreMappedNowhereCostOnlyTheirOwnCells() throws Exception {
    HiveSpec whole = HiveSpec.machine("SAM", RegistryMachines.sample("ez/SAM"));
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .seed(3)
            .standardProcesses()
            .hive(whole.without(Set.of(5)))
            .build();

    HiveAnalysis analysis = analyze(machine);

    assertThat(analysis.hives).singleElement().extracting("missingBlocks").isEqualTo(1L);
    List<String> lost = new ArrayList<>(Rows.of("ez/SAM").keys);
    lost.removeAll(keys(analysis, whole.rootPath()));
    assertThat(lost).isNotEmpty().hasSizeLessThan(Rows.of("ez/SAM").keys.size());
    assertThat(analysis.errors).isNotEmpty().allMatch(row -> row.getAbsence().equals("unreadable"));
  }

  @Test
  void hivesOutsideTheListAreFoundByTheScan() throws Exception {
    HiveSpec hidden = HiveSpec.machine("HIDDEN", RegistryMachines.sample("ez/SAM")).unlisted();
    HiveSpec listed = HiveSpec.machine("SECURITY", RegistryMachines.sample("ez/SECURITY"));

    for (int build : new int[] {7601, 9600, 14393, 19041}) {
      HiveAnalysis analysis =
          analyze(
              SyntheticMachine.windows(build)
                  .seed(4)
                  .standardProcesses()
                  .hive(hidden)
                  .hive(listed)
                  .build());

      assertThat(analysis.hives.stream().map(RegistryHiveRow::getHivePath))
          .containsExactly(listed.rootPath(), hidden.rootPath());
      assertThat(analysis.hives.get(0).getInScan()).isTrue();
      assertThat(analysis.hives.get(1).getInList()).isFalse();
      assertThat(analysis.keysOf(hidden.rootPath())).isNotEmpty();
    }
  }

  private static HiveAnalysis analyze(SyntheticMachine machine) throws IOException {
    return HiveAnalysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols());
  }

  private static void same(HiveAnalysis analysis, String hivePath, String sample) throws Exception {
    Rows file = Rows.of(sample);
    assertThat(keys(analysis, hivePath)).containsExactlyElementsOf(file.keys);
    assertThat(
            analysis.valuesOf(hivePath).stream()
                .filter(row -> !row.getDeleted())
                .map(row -> line(row.getKey(), row)))
        .containsExactlyElementsOf(file.values);
  }

  private static List<String> keys(HiveAnalysis analysis, String hivePath) {
    return analysis.keysOf(hivePath).stream()
        .filter(row -> !row.getDeleted())
        .map(RegistryKeyRow::getKey)
        .toList();
  }

  private static String line(String key, RegistryValueRow row) {
    return key + "|" + row.getValue() + "|" + row.getTypeId() + "|" + row.getDataStr();
  }

  /** What the file itself says. */
  private static final class Rows implements HiveVisitor {
    private final List<String> keys = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final Hive hive;

    private Rows(Hive hive) {
      this.hive = hive;
    }

    static Rows of(String sample) throws Exception {
      byte[] file = RegistryMachines.sample(sample).file();
      Rows rows = new Rows(Hive.of(RegfFile.open(new Memory(file), 0)));
      HiveWalk.walk(rows.hive, rows);
      return rows;
    }

    @Override
    public void key(String path, KeyNode key) {
      keys.add(path);
    }

    @Override
    public void value(String path, KeyNode key, ValueNode value) throws IOException {
      byte[] data = hive.data(value, gap -> {}).bytes();
      String text = ValueText.of(value.type(), data, ValueText.MAX_CHARACTERS).text();
      long type = Integer.toUnsignedLong(value.type());
      values.add(path + "|" + value.name() + "|" + type + "|" + text);
    }

    @Override
    public void gap(String path, HiveGap gap) {}
  }

  private static final class Memory implements ByteSource {
    private final byte[] bytes;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return "file";
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      int count = (int) Math.max(0, Math.min(length, bytes.length - position));
      System.arraycopy(bytes, (int) Math.min(position, bytes.length), target, offset, count);
      return count;
    }

    @Override
    public void close() {}
  }
}
