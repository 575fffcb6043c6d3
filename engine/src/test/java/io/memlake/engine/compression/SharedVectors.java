package io.memlake.engine.compression;

import io.memlake.engine.symbols.SharedSymbols;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Streams that Windows wrote, see the README of the sample data. */
public final class SharedVectors {
  private static final Path FOLDER = Path.of("formats/xpress");

  private SharedVectors() {}

  /** A stream and what it decodes to; its name is that of the file. */
  public static final class Vector {
    private final String name;
    private final byte[] stream;
    private final byte[] plain;

    Vector(String name, byte[] stream, byte[] plain) {
      this.name = name;
      this.stream = stream;
      this.plain = plain;
    }

    public String name() {
      return name;
    }

    public byte[] stream() {
      return stream;
    }

    public byte[] plain() {
      return plain;
    }
  }

  /** The Samba set of one of its folders, made with the compression API of Windows. */
  public static List<Vector> samba(String folder) {
    Path streams = SharedSymbols.file(FOLDER.resolve("samba").resolve(folder).toString());
    Path plains = SharedSymbols.file(FOLDER.resolve("samba/decompressed").toString());
    try (Stream<Path> files = Files.list(streams)) {
      return files
          .sorted()
          .map(
              file -> {
                String name = file.getFileName().toString();
                String stem = name.substring(0, name.lastIndexOf('.'));
                return new Vector(
                    folder + "/" + name, bytes(file), bytes(plains.resolve(stem + ".decomp")));
              })
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One pair of the Microsoft protocol test suite. */
  public static Vector microsoft(String stream, String plain) {
    return new Vector(
        stream,
        bytes(SharedSymbols.file(FOLDER.resolve(stream).toString())),
        bytes(SharedSymbols.file(FOLDER.resolve(plain).toString())));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
