package io.memlake.schemas.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/parity.md} names views, tables and tests that there are, and every view. */
class ParityPageTest {
  private static final Path ROOT = Path.of("..");

  private static String page() throws IOException {
    return Files.readString(ROOT.resolve("docs/parity.md"));
  }

  private static Set<String> named(String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(page())
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyViewAfterAnotherToolIsListedAndEveryListedViewIsThere() throws IOException {
    Set<String> views =
        Views.all().stream()
            .map(View::name)
            .filter(name -> name.startsWith("vol_") || name.startsWith("mp_"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named("`((?:vol|mp)_[a-z_]+)`")).isEqualTo(views);
  }

  @Test
  void columnsBehindATableAreThere() throws IOException {
    for (String column : named("`([a-z_]+\\.[a-z_0-9]+)[` .]")) {
      String[] names = column.split("\\.", -1);
      boolean file = names[1].equals("csv");
      if (!file && Tables.find(names[0]).isPresent()) {
        assertThat(Tables.byName(names[0]).column(names[1])).as(column).isPresent();
      }
    }
  }

  @Test
  void everyTestThatProvesALineIsThere() throws IOException {
    Set<String> tests = new TreeSet<>();
    for (String module : List.of("schemas", "engine", "testdata", "spark-jobs")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/test/java"))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith("Test.java"))
            .forEach(name -> tests.add(name.substring(0, name.length() - ".java".length())));
      }
    }
    assertThat(tests).containsAll(named("`([A-Z][A-Za-z0-9]+Test)(?:\\.[a-zA-Z]+)?`"));
  }
}
