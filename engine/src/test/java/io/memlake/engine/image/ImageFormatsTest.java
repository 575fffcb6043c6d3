package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFormatsTest {

  @TempDir Path folder;

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("evidence.bin"), content);
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(9).nextBytes(bytes);
    return bytes;
  }

  private static byte[] begins(String mark) {
    byte[] bytes = new byte[2 << 20];
    byte[] start = mark.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(start, 0, bytes, 0, start.length);
    return bytes;
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    Path file = write(new byte[0]);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageStartingWith("Cannot use " + file + ": it is an empty file; accepted: ");
  }

  @Test
  void aTextFileIsRefused() throws IOException {
    String line = "2021-02-20 08:04:02 Große Straße, ネコ, tabs\tand more\r\n";
    Path file = write(line.repeat(40_000).getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> open(file)).hasMessageContaining(": it is a text file; accepted: ");
    Path wide = write(("\uFEFF" + line.repeat(40_000)).getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> open(wide)).hasMessageContaining("a text file");
  }

  @Test
  void filesOfOtherKindsAreRefusedByName() throws IOException {
    String[][] cases = {
      {"PK\3\4", "a ZIP archive"},
      {"\u0089PNG\r\n", "a PNG picture"},
      {"\u007FELF\2\1\1", "an ELF program"},
      {"SQLite format 3\0", "an SQLite database"},
      {"regf", "a registry hive"},
      {"ElfFile\0", "a Windows event log"},
      {"vhdxfile", "a VHDX disk image"}
    };
    for (String[] one : cases) {
      Path file = write(begins(one[0]));
      assertThatThrownBy(() -> open(file))
          .isInstanceOf(UnsupportedImageException.class)
          .hasMessageContaining("it is " + one[1]);
    }
  }

  @Test
  void aFewRandomBytesAreNotRam() throws IOException {
    for (int size : new int[] {1, 4095, 4096, 15 * 4096, 70_000}) {
      Path file = write(random(size));
      assertThatThrownBy(() -> open(file))
          .hasMessageContaining("a file of " + size + " bytes without a known header, too small");
    }
  }

  @Test
  void randomBytesOfImageSizeOpenAsRaw() throws IOException {
    ImageIndex index = open(write(random((1 << 20) + 17)));
    assertThat(index.format()).isEqualTo("raw");
    assertThat(index.variant()).isEqualTo("padded");
  }

  @Test
  void anImageThatBeginsWithZerosOpensAsRaw() throws IOException {
    assertThat(open(write(new byte[2 << 20])).format()).isEqualTo("raw");
  }

  @Test
  void aFolderIsRefusedInOneLine() {
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read " + folder + ": it is a directory");
  }

  @Test
  void aMissingFileIsRefusedInOneLine() {
    Path file = folder.resolve("missing.raw");
    assertThatThrownBy(() -> open(file)).hasMessage("Cannot read " + file + ": no such file");
  }

  @Test
  void aBrokenContainerIsNeverReadAsRaw() throws IOException {
    Path file = write(begins("PAGEDU64"));
    assertThatThrownBy(() -> open(file)).isInstanceOf(CorruptImageException.class);
  }

  @Test
  void linksBesideAnImageAreNoHindrance() throws IOException {
    Path image = folder.resolve("memory.vmem");
    RawWriter.writePadded(PatternFrames.of(3, 0, 300), image);
    Files.createSymbolicLink(folder.resolve("memory.vmss"), Path.of("memory.vmss"));
    Files.createSymbolicLink(folder.resolve("memory.vmsn"), Path.of("nowhere"));
    assertThat(ImageFormats.standard().index(image.toString(), new LocalEvidence()).warnings())
        .containsExactly("There is no .vmss or .vmsn file beside the memory; its map is assumed");
  }

  @Test
  void siblingsAreListedSorted() throws IOException {
    Files.write(folder.resolve("b"), new byte[1]);
    Files.write(folder.resolve("a"), new byte[1]);
    Files.createDirectory(folder.resolve("c"));
    String a = folder.resolve("a").toString();
    assertThat(new LocalEvidence().siblings(a)).containsExactly(a, folder.resolve("b").toString());
  }
}
