package io.memlake.jobs.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the notebooks as people do, every cell in a real kernel of Jupyter, over the lake of the
 * demo. The Python that has what they need is {@code $MEMLAKE_PYTHON}, which {@code .ci/run} makes.
 */
class NotebookRunsTest {
  private static final Path NOTEBOOKS = Path.of("../notebooks").toAbsolutePath().normalize();
  private static final long SECONDS = 600;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"triage", "stacking", "page_rarity"})
  void everyCellRunsAndEveryQueryShowsRows(String name) throws Exception {
    String source = Files.readString(NOTEBOOKS.resolve(name + ".ipynb"));
    Path output = folder.resolve("out.ipynb");
    Files.createDirectories(folder.resolve("memlake-demo"));
    Files.createSymbolicLink(folder.resolve("memlake-demo/lake"), DemoLake.folder());
    String log = run(source, output, 0);
    int queries = 0;
    for (JsonNode cell : new ObjectMapper().readTree(output.toFile()).path("cells")) {
      String text = cell.path("source").toString();
      if (cell.path("cell_type").asText().equals("code")
          && text.contains("SELECT")
          && !text.contains("CREATE ")) {
        assertThat(cell.findValuesAsText("output_type")).as(text).contains("execute_result");
        assertThat(cell.path("outputs").findValue("text/plain").toString())
            .as(text)
            .doesNotContain("Empty DataFrame");
        queries++;
      }
    }
    assertThat(queries).as(log).isGreaterThan(2);
  }

  @Test
  void aCellThatFailsFailsTheRun() throws Exception {
    String source =
        Files.readString(NOTEBOOKS.resolve("triage.ipynb"))
            .replaceFirst("FROM hosts h LEFT JOIN", "FROM nobody h LEFT JOIN");
    Files.createDirectories(folder.resolve("memlake-demo"));
    Files.createSymbolicLink(folder.resolve("memlake-demo/lake"), DemoLake.folder());
    assertThat(run(source, folder.resolve("out.ipynb"), 1)).contains("nobody");
  }

  private String run(String source, Path output, int expected)
      throws IOException, InterruptedException {
    String python = System.getenv("MEMLAKE_PYTHON");
    assumeTrue(python != null, "skipped: MEMLAKE_PYTHON names no Python with DuckDB and Jupyter");
    Path notebook = Files.createDirectories(folder.resolve("notebooks")).resolve("run.ipynb");
    Files.writeString(notebook, source);
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    python,
                    NOTEBOOKS.resolve("run.py").toString(),
                    notebook.toString(),
                    output.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    assertThat(ended).as("ended within %s s", SECONDS).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(expected);
    return Files.readString(log);
  }
}
