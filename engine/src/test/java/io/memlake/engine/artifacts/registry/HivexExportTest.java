package io.memlake.engine.artifacts.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.artifacts.HiveAnalysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.RegistryKeyRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.registry.HiveContent;
import io.memlake.testdata.registry.HiveSpec;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A hive written back from memory has for hivex the keys and values that our tables have. */
class HivexExportTest {
  private static final Path HIVEXML = Path.of("/usr/bin/hivexml");

  /** What hivexml calls the types of values. */
  private static final Map<String, String> TYPES =
      Map.of(
          "none", "0",
          "string", "1",
          "expand", "2",
          "binary", "3",
          "int32", "4",
          "link", "6",
          "string-list", "7",
          "int64", "11");

  @TempDir private Path folder;

  private final List<String> keys = new ArrayList<>();
  private final List<String> values = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"ez/NTUSER1.DAT", "ez/SECURITY"})
  void hivexListsTheKeysAndValuesOfTheTables(String sample) throws Exception {
    assumeTrue(
        Files.isExecutable(HIVEXML),
        "Skipped: hivexml is not installed; .ci/run installs libhivex-bin");
    HiveContent content = RegistryMachines.sample(sample);
    HiveSpec hive = HiveSpec.machine("ANY", content);
    SyntheticMachine machine =
        SyntheticMachine.windows(19041).seed(8).standardProcesses().hive(hive).build();
    HiveAnalysis analysis =
        HiveAnalysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols());

    read(Files.write(folder.resolve("written"), MountedHiveExportTest.export(content)));

    assertThat(keys)
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(
            analysis.keysOf(hive.rootPath()).stream()
                .filter(row -> !row.getDeleted())
                .map(HivexExportTest::line)
                .toList());
    assertThat(values)
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(
            analysis.valuesOf(hive.rootPath()).stream()
                .filter(row -> !row.getDeleted())
                .map(row -> row.getKey() + "|" + row.getValue() + "|" + type(row.getTypeId()))
                .toList());
  }

  private static String line(RegistryKeyRow row) {
    return row.getKey() + "|" + seconds(row.getLastWrite());
  }

  /** The time as hivexml has it; it leaves out one that is 0. */
  private static String seconds(Instant time) {
    return time == null || time.getEpochSecond() <= 0 ? "-" : "" + time.getEpochSecond();
  }

  private static String type(long type) {
    return TYPES.containsValue("" + type) ? "" + type : "other";
  }

  private void read(Path hive) throws Exception {
    Process process =
        new ProcessBuilder(HIVEXML.toString(), hive.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Element root;
    try (InputStream in = process.getInputStream()) {
      root =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
    }
    assertThat(process.waitFor()).isZero();
    for (Element node : children(root, "node")) {
      walk(node, "");
    }
  }

  private void walk(Element node, String path) {
    List<Element> times = children(node, "mtime");
    keys.add(
        path
            + "|"
            + (times.isEmpty() ? "-" : seconds(Instant.parse(times.get(0).getTextContent()))));
    for (Element value : children(node, "value")) {
      values.add(
          path
              + "|"
              + value.getAttribute("key")
              + "|"
              + TYPES.getOrDefault(value.getAttribute("type"), "other"));
    }
    for (Element child : children(node, "node")) {
      String name = child.getAttribute("name");
      walk(child, path.isEmpty() ? name : path + "\\" + name);
    }
  }

  private static List<Element> children(Element parent, String tag) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(tag)) {
        children.add(element);
      }
    }
    return children;
  }
}
