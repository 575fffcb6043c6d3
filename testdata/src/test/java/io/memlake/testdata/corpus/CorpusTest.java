package io.memlake.testdata.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

  @TempDir Path folder;

  private String before;

  @BeforeEach
  void remember() {
    before = System.getProperty(Corpus.PROPERTY);
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(Corpus.PROPERTY);
    } else {
      System.setProperty(Corpus.PROPERTY, before);
    }
  }

  @Test
  void thePropertyNamesTheFolder() throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Files.writeString(folder.resolve("images/one.raw"), "x");
    System.setProperty(Corpus.PROPERTY, folder.toString());

    assertThat(Corpus.file("images/one.raw")).contains(folder.resolve("images/one.raw"));
    assertThat(Corpus.file("images/two.raw")).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereIsNoError() {
    System.setProperty(Corpus.PROPERTY, folder.resolve("nowhere").toString());

    assertThat(Corpus.folder()).isEmpty();
    assertThat(Corpus.file("images/one.raw")).isEmpty();
  }

  @Test
  void theMessageSaysWhatIsMissingAndHowToNameIt() {
    assertThat(Corpus.missing("images/one.raw"))
        .contains("images/one.raw")
        .contains("-Dmemlake.shared=DIR");
  }
}
