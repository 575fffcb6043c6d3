package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.extent.StoredFile;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedEvidenceTest {
  @TempDir Path folder;

  @Test
  void filesInsideAContainerHaveNamesOfTheirOwn() throws IOException {
    Path stored = Files.write(folder.resolve("segment"), new byte[] {1, 2, 3});
    Path beside = Files.write(folder.resolve("pagefile.sys"), new byte[] {9});
    ImageIndex image =
        new Container(
            List.of(
                new EmbeddedFile("C:/pagefile.sys", EmbeddedFile.PAGE_FILE, file(stored)),
                new EmbeddedFile("C:/notes.txt", EmbeddedFile.FILE, file(stored))));
    Evidence evidence = EmbeddedEvidence.of(image, new LocalEvidence());

    assertThat(EmbeddedEvidence.pageFiles(image))
        .containsExactly("/evidence/memory.aff4::C:/pagefile.sys");
    try (ByteSource inside = evidence.open("/evidence/memory.aff4::C:/pagefile.sys")) {
      assertThat(inside.size()).isEqualTo(3);
    }
    try (ByteSource outside = evidence.open(beside.toString())) {
      assertThat(outside.size()).isEqualTo(1);
    }
    assertThatThrownBy(() -> evidence.open("/evidence/memory.aff4::C:/swapfile.sys"))
        .isInstanceOf(IOException.class);
  }

  private static StoredFile file(Path path) {
    return new StoredFile(path.toString(), 3);
  }

  /** A container that holds files and no memory. */
  private record Container(List<EmbeddedFile> embeddedFiles) implements ImageIndex {
    private static final long serialVersionUID = 1L;

    @Override
    public String format() {
      return "test";
    }

    @Override
    public String variant() {
      return "";
    }

    @Override
    public List<String> files() {
      return List.of("/evidence/memory.aff4");
    }

    @Override
    public List<PageRun> runs() {
      return List.of();
    }

    @Override
    public ImageHints hints() {
      return new ImageHints(new TreeMap<>());
    }

    @Override
    public List<String> warnings() {
      return List.of();
    }

    @Override
    public PhysicalMemory open(Evidence evidence) {
      throw new UnsupportedOperationException("holds no memory");
    }
  }
}
