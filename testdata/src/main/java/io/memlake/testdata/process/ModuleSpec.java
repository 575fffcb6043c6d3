package io.memlake.testdata.process;

import io.memlake.testdata.pe.PeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An image file that processes map.
 *
 * @param path path with drive letter
 * @param size bytes of the image in memory, a multiple of 4096
 * @param wide whether it is a 64-bit image
 * @param file the file whose bytes it has; empty for bytes that are made up
 */
public record ModuleSpec(String path, int size, boolean wide, Optional<Path> file) {

  /** Checks the size. */
  public ModuleSpec {
    if (size <= 0 || size % 0x1000 != 0) {
      throw new IllegalArgumentException("Image of " + size + " bytes: " + path);
    }
  }

  /** An image with made-up bytes. */
  public ModuleSpec(String path, int size, boolean wide) {
    this(path, size, wide, Optional.empty());
  }

  /**
   * A 64-bit image with the bytes of a file of this machine.
   *
   * @throws IOException when it cannot be read
   */
  public static ModuleSpec ofFile(String path, Path file) throws IOException {
    return new ModuleSpec(path, PeFile.read(file).size(), true, Optional.of(file));
  }

  /** A 64-bit image. */
  public static ModuleSpec x64(String path, int size) {
    return new ModuleSpec(path, size, true);
  }

  /** A 32-bit image. */
  public static ModuleSpec x86(String path, int size) {
    return new ModuleSpec(path, size, false);
  }

  /** A DLL of the 64-bit system folder. */
  public static ModuleSpec system(String name, int size) {
    return x64("C:\\Windows\\System32\\" + name, size);
  }

  /** A DLL of the 32-bit system folder. */
  public static ModuleSpec wow(String name, int size) {
    return x86("C:\\Windows\\SysWOW64\\" + name, size);
  }

  /** The part of the path after the last backslash. */
  public String name() {
    return path.substring(path.lastIndexOf('\\') + 1);
  }
}
