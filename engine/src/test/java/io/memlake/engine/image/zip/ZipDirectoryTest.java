package io.memlake.engine.image.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives as somebody who means harm writes them. */
class ZipDirectoryTest {
  private static final int ENTRY_SIZE = 24;
  private static final int END_COUNT = 10;

  @TempDir Path folder;

  @Test
  void aDeflatedMemberIsUnpacked() throws IOException {
    assertThat(content(zip("note", "a".repeat(5000)), "note")).hasSize(5000).containsOnly('a');
  }

  @Test
  void aMemberThatClaimsMoreThanDeflateCanGiveIsRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] zip = zip("note", "a".repeat(5000));
    put(zip, entry(zip) + ENTRY_SIZE, 200 << 20);
    assertThatThrownBy(() -> content(zip, "note"))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("the ZIP member note cannot have 209715200 bytes");
  }

  @Test
  void aMemberTooLargeForTheHeapIsRefused() throws IOException {
    byte[] zip = zip("note", "a".repeat(5000));
    put(zip, entry(zip) + ENTRY_SIZE, 300 << 20);
    assertThatThrownBy(() -> content(zip, "note")).hasMessageContaining("too many for it");
  }

  /** 300 MiB of zeros in 300 KiB, every number true. */
  @Test
  void aTrueBombIsRefused() throws IOException {
    Path file = folder.resolve("bomb.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("note"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        zip.write(zeros);
      }
    }
    assertThat(Files.size(file)).isLessThan(1 << 20);
    assertThatThrownBy(() -> content(Files.readAllBytes(file), "note"))
        .hasMessageContaining("too many for it");
  }

  @Test
  void aMemberThatUnpacksToLessThanItClaimsIsDamaged() throws IOException {
    byte[] zip = zip("note", "a".repeat(5000));
    put(zip, entry(zip) + ENTRY_SIZE, 5001);
    assertThatThrownBy(() -> content(zip, "note")).hasMessageContaining("note is damaged");
  }

  @Test
  void aDirectoryOfMoreMembersThanBytesIsRefused() throws IOException {
    byte[] zip = zip("note", "text");
    ByteBuffer.wrap(zip)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(zip.length - 22 + END_COUNT, (short) 0xFFF0);
    assertThatThrownBy(() -> content(zip, "note")).hasMessageContaining("does not fit the file");
  }

  /** Names are keys and nothing else: where they would lead to, nothing is made. */
  @Test
  void namesThatLeadOutOfTheArchiveStayNames() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("a/b"));
    for (String name : new String[] {"../../escaped", "/tmp/../escaped", "..\\..\\escaped"}) {
      assertThat(content(Files.write(inner.resolve("x.zip"), zip(name, "text")), name))
          .isEqualTo("text".getBytes(StandardCharsets.UTF_8));
    }
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(inner.resolve("x.zip"));
    }
  }

  private static byte[] content(Path file, String name) throws IOException {
    try (FileByteSource source = FileByteSource.open(file)) {
      ZipDirectory directory = ZipDirectory.read(source).orElseThrow();
      return directory.content(directory.find(name).orElseThrow());
    }
  }

  private byte[] content(byte[] zip, String name) throws IOException {
    return content(Files.write(folder.resolve("some.zip"), zip), name);
  }

  private static byte[] zip(String name, String text) throws IOException {
    var bytes = new java.io.ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        OutputStream out = zip) {
      zip.putNextEntry(new ZipEntry(name));
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Where the only entry of the directory begins. */
  private static int entry(byte[] zip) {
    return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN).getInt(zip.length - 22 + 16);
  }

  private static void put(byte[] bytes, int at, int value) {
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }
}
