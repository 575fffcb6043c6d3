package io.memlake.jobs.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.jobs.exit.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtractFolderTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../escaped",
        "..\\..\\escaped",
        "/etc/escaped",
        "C:\\Windows\\escaped",
        "..",
        ".hidden",
        "name\u0000.exe",
        "line\nbreak",
        "right\u202Eto-left",
        "~root"
      })
  void aNameFromEvidenceStaysInTheFolder(String name) throws IOException {
    Path out = folder.resolve("out");
    ExtractFolder files = ExtractFolder.at(out, List.of());
    String made = "file-" + ExtractFolder.safe(name);
    files.create(made).close();
    assertThat(ExtractFolder.safe(name)).matches("[A-Za-z0-9_-][A-Za-z0-9._-]*");
    try (var all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).containsExactly(out.resolve(made));
    }
    assertThatThrownBy(() -> files.create(made))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("nothing is overwritten");
  }

  @ParameterizedTest
  @ValueSource(ints = {81, 5000})
  void aLongNameIsCut(int length) {
    assertThat(ExtractFolder.safe("n".repeat(length))).hasSize(80);
  }
}
