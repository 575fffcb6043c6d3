package io.memlake.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page that compares with other tools names tests that exist. */
class ParityTest {
  private static final Path PAGE = Path.of("../docs/parity.md");
  private static final List<String> MODULES =
      List.of("schemas", "engine", "testdata", "spark-jobs", "cluster-config");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");
  private static final Map<String, Path> TESTS = new TreeMap<>();

  @BeforeAll
  static void findTests() throws IOException {
    for (String module : MODULES) {
      Path folder = Path.of("..", module, "src", "test", "java");
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(file -> file.toString().endsWith("Test.java"))
            .forEach(file -> TESTS.put(file.getFileName().toString().replace(".java", ""), file));
      }
    }
  }

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    List<String> missing = new ArrayList<>();
    int named = 0;
    Matcher name = NAMED.matcher(Files.readString(PAGE));
    while (name.find()) {
      named++;
      Path file = TESTS.get(name.group(1));
      boolean there =
          file != null
              && (name.group(2) == null
                  || Files.readString(file).contains("void " + name.group(2) + "("));
      if (!there) {
        missing.add(name.group());
      }
    }
    assertThat(named).isGreaterThan(50);
    assertThat(missing).as("tests that docs/parity.md names").isEmpty();
  }
}
