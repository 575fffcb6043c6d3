package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The support matrix of the documentation says what the code reads and names tests that exist. */
class SupportMatrixTest {
  private static final Path ROOT = Path.of("..");
  private static final Path MATRIX = ROOT.resolve("docs/formats/containers.md");
  private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w+Test)`");

  private static final Pattern NAMED_METHOD = Pattern.compile("`(\\w+Test)#(\\w+)`");

  /** Columns: empty, format, variant, reads, test, bytes. */
  private static List<String[]> lines() throws IOException {
    List<String[]> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(MATRIX, StandardCharsets.UTF_8)) {
      if (line.startsWith("| format | variant |")) {
        inside = true;
      } else if (inside && !line.startsWith("|")) {
        break;
      } else if (inside && !line.startsWith("|---")) {
        lines.add(line.split("\\|", -1));
      }
    }
    return lines;
  }

  private static Set<String> testClasses() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String module : List.of("engine", "spark-jobs", "testdata", "schemas")) {
      Path tests = ROOT.resolve(module).resolve("src/test/java");
      if (Files.isDirectory(tests)) {
        try (Stream<Path> files = Files.walk(tests)) {
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Test.java"))
              .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
        }
      }
    }
    return names;
  }

  @Test
  void everyLineNamesTestsThatExist() throws IOException {
    Set<String> tests = testClasses();
    assertThat(lines()).hasSizeGreaterThan(35);
    for (String[] line : lines()) {
      String text = String.join("|", line);
      Matcher named = NAMED_TEST.matcher(line[4]);
      int count = 0;
      while (named.find()) {
        assertThat(tests).as(text).contains(named.group(1));
        count++;
      }
      assertThat(count).as("tests named in: %s", text).isPositive();
    }
  }

  @Test
  void everyTickSaysWhetherItsBytesAreRealOrSynthetic() throws IOException {
    for (String[] line : lines()) {
      if (line[3].strip().startsWith("yes")) {
        assertThat(line[5]).as(String.join("|", line)).containsAnyOf("real", "synthetic");
      }
    }
  }

  @Test
  void everyCaseOfBadInputNamesATestThatExists() throws IOException {
    String text = Files.readString(MATRIX, StandardCharsets.UTF_8);
    String table = text.substring(text.indexOf("## Bad input"), text.indexOf("## What is worth"));
    Matcher named = NAMED_METHOD.matcher(table);
    int count = 0;
    while (named.find()) {
      assertThat(Files.readString(testFile(named.group(1)), StandardCharsets.UTF_8))
          .as(named.group())
          .contains("void " + named.group(2) + "(");
      count++;
    }
    assertThat(count).isGreaterThan(60);
  }

  private static Path testFile(String name) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.endsWith(name + ".java"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no test " + name));
    }
  }

  @Test
  void everyFormatOfTheCodeHasATick() throws IOException {
    Set<String> formats =
        lines().stream()
            .map(line -> line[1].strip())
            .collect(Collectors.toCollection(TreeSet::new));
    try (Stream<Path> folders = Files.list(Path.of("src/main/java/io/memlake/engine/image"))) {
      List<String> packages =
          folders
              .filter(Files::isDirectory)
              .map(folder -> folder.getFileName().toString())
              .filter(name -> !SHARED.contains(name))
              .toList();
      assertThat(packages).hasSizeGreaterThan(12).allSatisfy(name -> hasTick(name, formats));
    }
  }

  /** Packages that several formats are made of. */
  private static final Set<String> SHARED =
      Set.of("chunk", "convert", "extent", "virtual", "wrapper", "zip");

  private static void hasTick(String name, Set<String> formats) {
    String spelled =
        switch (name) {
          case "crashdump" -> "crash dump";
          case "elfcore" -> "ELF core";
          case "hibernation" -> "hiberfil.sys";
          case "hyperv" -> "Hyper-V";
          case "savevm" -> "QEMU";
          default -> name;
        };
    assertThat(formats).as(name).anyMatch(format -> format.equalsIgnoreCase(spelled));
  }
}
