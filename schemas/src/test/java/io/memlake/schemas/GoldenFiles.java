package io.memlake.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of the project that tests compare with what the schemas give. */
final class GoldenFiles {
  static final Path AVRO = Path.of("src/main/avro");
  static final Path GOLDEN = Path.of("src/test/resources/golden");
  static final Path PAGES = Path.of("../docs/tables");

  /** What a failure tells the reader to do. */
  static final String REFRESH =
      "refresh with: mvn -pl schemas test -Dgolden.update=true, and review the diff";

  private GoldenFiles() {}

  /** Whether the run was asked to rewrite golden files instead of comparing. */
  static boolean updating() {
    return Boolean.getBoolean("golden.update");
  }

  /** Names without {@code ending} of the files in a folder that have it, sorted. */
  static List<String> stems(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .map(name -> name.substring(0, name.length() - ending.length()))
          .sorted()
          .toList();
    }
  }

  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
