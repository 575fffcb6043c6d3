package io.memlake.jobs.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.jobs.session.PlainHadoop;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopEvidenceTest {

  private static final int SIZE = 20 << 20;

  @TempDir Path folder;

  private Path file;
  private byte[] content;
  private FileSystem files;

  @BeforeEach
  void makeAFile() throws IOException {
    content = new byte[SIZE + 123];
    new Random(1).nextBytes(content);
    file = Files.write(folder.resolve("image with space.raw"), content);
    files = FileSystem.getLocal(PlainHadoop.configuration());
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "sequential", "window"})
  void everyWayOfReadingGivesTheSameBytes(String way) throws IOException {
    try (ByteSource source = open(way)) {
      assertThat(source.size()).isEqualTo(content.length);
      Random random = new Random(2);
      byte[] buffer = new byte[300_000];
      for (int i = 0; i < 60; i++) {
        int position = i % 3 == 0 ? random.nextInt(content.length) : i * (256 << 10);
        int length = random.nextInt(buffer.length);
        int count = source.read(position, buffer, 0, length);
        int expected = Math.max(0, Math.min(length, content.length - position));
        assertThat(count).isEqualTo(expected);
        assertThat(Arrays.equals(buffer, 0, count, content, position, position + count)).isTrue();
      }
      assertThat(source.read(content.length, buffer, 0, 10)).isZero();
      assertThat(source.read(content.length + 5L, buffer, 0, 10)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "sequential", "window"})
  void aWholeFileReadInOrderIsTheFile(String way) throws IOException {
    byte[] read = new byte[content.length];
    try (ByteSource source = open(way)) {
      int at = 0;
      int count;
      while ((count = source.read(at, read, at, Math.min(256 << 10, read.length - at))) > 0) {
        at += count;
      }
    }
    assertThat(Arrays.equals(read, content)).isTrue();
  }

  @Test
  void whatCannotBeReadSaysSoWithItsName() {
    HadoopEvidence evidence = new HadoopEvidence(PlainHadoop.configuration());
    assertThatThrownBy(() -> evidence.open(folder.toString()))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read " + folder + ": it is a directory");
    assertThatThrownBy(() -> evidence.open(folder + "/nothing"))
        .hasMessage("Cannot read " + folder + "/nothing: it does not exist");
  }

  @Test
  void itTravelsToOtherProcesses() throws Exception {
    HadoopEvidence evidence = new HadoopEvidence(PlainHadoop.configuration());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(evidence);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      HadoopEvidence arrived = (HadoopEvidence) in.readObject();
      assertThat(arrived.siblings(file.toString())).containsExactly(file.toString());
    }
  }

  private ByteSource open(String way) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    return switch (way) {
      case "sequential" ->
          new SequentialByteSource(file.toString(), files.open(path), content.length);
      case "window" -> new WindowByteSource(file.toString(), files.open(path), content.length);
      default -> new HadoopEvidence(PlainHadoop.configuration()).open(file.toString());
    };
  }
}
