package io.memlake.jobs.hunt.yara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.system.SystemSpec;
import io.memlake.testdata.truth.KernelModuleTruth;
import io.memlake.testdata.truth.Presence;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The hunt over a host against YARA of the distribution over files with the bytes of the same
 * regions, which the maker of the machine writes: private memory of every process, every module of
 * the kernel, every big allocation.
 */
class YaraRegionsOracleTest {
  private static final int PAGE = 0x1000;

  /** Where the headers of a synthetic image begin behind its stub. */
  private static final int NEW_HEADER = 0xF8;

  @TempDir static Path folder;
  private static SyntheticMachine machine;
  private static Path rules;

  @BeforeAll
  static void analyze() throws IOException {
    assertThat(TestSpark.session()).isNotNull();
    machine =
        SyntheticMachine.windows(19041)
            .seed(77)
            .computerName("YARA")
            .ram(64L << 20)
            .standardProcesses()
            .system(SystemSpec.usual())
            .process(
                "loader.exe",
                spec ->
                    spec.parent("explorer.exe")
                        .privateRegion(0x5000, Protection.EXECUTE_READ_WRITE, planted()))
            .build();
    Path image = Files.createDirectories(folder.resolve("YARA")).resolve("memory.raw");
    RawWriter.writePadded(machine, image);
    assertThat(CommandRun.analyze(folder.resolve("lake"), image.getParent()).code()).isZero();
    rules = folder.resolve("rules.yar");
    Files.writeString(rules, rules());
    CommandRun hunt =
        CommandRun.of("hunt", "--lake", folder.resolve("lake"), "--yara", rules, "-o", "csv");
    assertThat(hunt.code()).as(hunt.err()).isZero();
  }

  /** Text that stands in two pages, one of them across their border, and numbers to count. */
  private static byte[] planted() {
    byte[] bytes = new byte[0x4000];
    put(bytes, 0x0FF4, "gateway-of-the-loader");
    put(bytes, 0x2010, "second mark");
    for (int i = 0; i < 5; i++) {
      put(bytes, 0x3000 + i * 0x100, "beat" + i);
    }
    return bytes;
  }

  private static void put(byte[] bytes, int at, String text) {
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, at, text.length());
  }

  /** Rules for what was planted, and one for the headers of a driver with its time stamp. */
  private static String rules() {
    KernelModuleTruth driver = driver();
    String code =
        HexFormat.ofDelimiter(" ")
            .formatHex(machine.kernelSpace().read(driver.base() + NEW_HEADER, 16));
    return """
    rule border { strings: $a = "gateway-of-the-loader" condition: $a }
    rule both { strings: $a = "gateway-of" $b = "second mark" condition: all of them }
    rule beats { strings: $a = /beat[0-9]/ condition: #a == 5 and @a[1] > 0x2000 }
    rule allocation { strings: $a = "CM31 begins" $b = "CM31 crosses pages" condition: $a at 0 and $b }
    rule tags { strings: $a = " crosses pages" condition: $a }
    rule driver { strings: $a = { %s } condition: $a }
    rule program { strings: $a = "This program cannot be run" condition: $a and uint16(0) == 0x5A4D }
    rule nowhere { strings: $a = "nowhere-to-be-found" condition: $a }
    """
        .formatted(code);
  }

  /** A driver whose headers are in memory. */
  private static KernelModuleTruth driver() {
    return machine.truth().kernelModules().stream()
        .filter(module -> module.name().endsWith(".sys"))
        .filter(module -> machine.kernelSpace().isMapped(module.base()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyRegionMatchesTheRulesThatItMatchesInYara() throws Exception {
    Path yara = Path.of("/usr/bin/yara");
    assumeThat(yara).as("yara of the distribution is not installed").exists();
    Path regions = Files.createDirectories(folder.resolve("regions"));
    write(regions);
    TreeSet<String> expected = new TreeSet<>();
    Process process =
        new ProcessBuilder(yara.toString(), "-r", rules.toString(), regions.toString())
            .redirectErrorStream(true)
            .start();
    for (String line :
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList()) {
      String[] words = line.split(" ", 2);
      expected.add(words[0] + " " + Path.of(words[1]).getFileName());
    }
    assertThat(process.waitFor()).isZero();

    TreeSet<String> found = new TreeSet<>();
    for (String row :
        CommandRun.rows(
            folder.resolve("lake"),
            """
            SELECT concat(rule, ' ', coalesce(concat('pid', pid), 'kernel'), '-', start)
            FROM yara_matches
            WHERE scope = 'private region' OR pid IS NULL AND scope <> 'page'""")) {
      found.add(row);
    }
    assertThat(found).isEqualTo(expected);
    assertThat(found.toString())
        .contains("border", "both", "beats", "allocation", "tags", "driver", "program");
    assertThat(found).noneMatch(row -> row.startsWith("nowhere"));
  }

  /** A file for each region: its pages, and a page of zeros for each gap. */
  private static void write(Path regions) throws IOException {
    for (ProcessTruth process : machine.truth().processes()) {
      boolean runs = process.exitTime() == 0 && process.presence() == Presence.ACTIVE;
      for (VadTruth range : runs ? process.vads() : List.<VadTruth>of()) {
        if (range.privateMemory()) {
          write(
              regions.resolve("pid" + process.pid() + "-" + range.start()),
              machine.processSpace(process.pid()),
              range.start(),
              range.end());
        }
      }
    }
    AddressSpace kernel = machine.kernelSpace();
    for (KernelModuleTruth module : machine.truth().kernelModules()) {
      write(
          regions.resolve("kernel-" + module.base()),
          kernel,
          module.base(),
          module.base() + module.size() - 1);
    }
    for (Map.Entry<Long, Integer> block : machine.system().bigPool().entrySet()) {
      write(
          regions.resolve("kernel-" + block.getKey()),
          kernel,
          block.getKey(),
          block.getKey() + block.getValue() - 1);
    }
  }

  private static void write(Path file, AddressSpace space, long start, long end)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean gap = false;
    for (long at = start & -PAGE; at <= end; at += PAGE) {
      if (!space.isMapped(at)) {
        gap = bytes.size() > 0;
        continue;
      }
      if (gap) {
        bytes.write(new byte[PAGE]);
        gap = false;
      }
      bytes.write(space.read(at, PAGE));
    }
    Files.write(file, bytes.toByteArray());
  }
}
