package io.memlake.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares the pages under {@code docs/tables} with what the schemas give. */
class TablePagesTest {

  @TestFactory
  List<DynamicTest> thePageIsAsItsSchema() {
    return TablePages.all().entrySet().stream()
        .map(page -> DynamicTest.dynamicTest(page.getKey(), () -> compare(page)))
        .toList();
  }

  @Test
  void noPageIsLeftBehindByATableThatIsGone() throws IOException {
    assertThat(TablePages.all().keySet())
        .containsAll(
            GoldenFiles.stems(GoldenFiles.PAGES, ".md").stream().map(s -> s + ".md").toList());
  }

  @Test
  void everyColumnHasItsLine() {
    Map<String, String> pages = TablePages.all();
    for (Table table : Tables.all()) {
      for (Column column : table.columns()) {
        assertThat(pages.get(table.name() + ".md") + pages.get("README.md"))
            .contains("| `" + column.name() + "` | " + column.type().sql().replace("<", "&lt;"));
      }
    }
  }

  private static void compare(Map.Entry<String, String> page) throws IOException {
    Path file = GoldenFiles.PAGES.resolve(page.getKey());
    if (GoldenFiles.updating()) {
      GoldenFiles.write(file, page.getValue());
      return;
    }
    assertThat(file).as(GoldenFiles.REFRESH).exists();
    assertThat(Files.readString(file))
        .as("%s differs from the schemas; %s", file.getFileName(), GoldenFiles.REFRESH)
        .isEqualTo(page.getValue());
  }
}
