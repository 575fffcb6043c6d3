package io.memlake.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  @TempDir private Path folder;

  @Test
  void aBaselineTellsKnownUnknownAndChanged() throws IOException {
    Things normal = new Things();
    normal.add("process", "a.exe", "c:/a.exe", "H1");
    normal.add("process", "a.exe", "c:/a.exe", "H2");
    normal.add("process", "b.exe", "c:/b.exe", "H1");
    Path file = folder.resolve("baseline.jsonl");
    assertThat(BaselineFile.write(file, normal, 1)).isEqualTo(2);
    Things now = new Things();
    now.add("process", "a.exe", "c:/a.exe", "X");
    now.add("process", "b.exe", "c:/temp/b.exe", "X");
    now.add("process", "c.exe", "c:/c.exe", "X");
    now.add("service", "s", "", "X");
    assertThat(Comparison.withBaseline(BaselineFile.read(file), now))
        .extracting(line -> line.status() + " " + line.key() + " " + line.before())
        .as("a kind that the baseline never saw is not judged")
        .containsExactly("KNOWN a.exe c:/a.exe", "CHANGED b.exe c:/b.exe", "UNKNOWN c.exe null");
    Path common = folder.resolve("common.jsonl");
    assertThat(BaselineFile.write(common, normal, 2)).isEqualTo(1);
    assertThatThrownBy(() -> BaselineFile.write(file, normal, 1)).hasMessageContaining("exists");
  }

  @Test
  void twoMomentsTellNewGoneAndChanged() {
    Things before = new Things();
    before.add("driver", "a.sys", "1", "T1");
    before.add("driver", "b.sys", "1", "T1");
    before.add("driver", "same.sys", "1", "T1");
    Things after = new Things();
    after.add("driver", "b.sys", "2", "T2");
    after.add("driver", "c.sys", "1", "T2");
    after.add("driver", "same.sys", "1", "T2");
    assertThat(Comparison.between(before, after))
        .extracting(line -> line.status() + " " + line.key())
        .containsExactly("GONE a.sys", "CHANGED b.sys", "NEW c.sys");
  }

  @Test
  void aFileThatIsNoBaselineIsNamedWithItsLine() throws IOException {
    Path file = folder.resolve("x");
    Files.writeString(file, "{\"kind\":\"process\",\"key\":\"a\"}\n{broken\n");
    assertThatThrownBy(() -> BaselineFile.read(file)).hasMessageContaining("x:2: not JSON");
    Files.writeString(file, "{}\n");
    assertThatThrownBy(() -> BaselineFile.read(file)).hasMessageContaining("x:1: no thing");
  }
}
