package io.memlake.testdata.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds sample data. It is kept beside the project, in {@code shared/data} next to the project
 * root, and never in it; the property {@code memlake.shared} names another folder. Tests skip in
 * plain words when a file is missing:
 *
 * <pre>{@code
 * Path image = Corpus.file("images/w10-19041.804.raw").orElse(null);
 * assumeTrue(image != null, Corpus.missing("images/w10-19041.804.raw"));
 * }</pre>
 */
public final class Corpus {

  /** The property that names the folder with the sample data. */
  public static final String PROPERTY = "memlake.shared";

  private static final String FOLDER = "shared/data";

  private Corpus() {}

  /**
   * A file or folder of the sample data.
   *
   * @param path relative to the data folder, with forward slashes
   * @return empty when it is not there
   */
  public static Optional<Path> file(String path) {
    return folder().map(folder -> folder.resolve(path)).filter(Files::exists);
  }

  /** The data folder: that of the property, or {@code shared/data} in a folder above this one. */
  public static Optional<Path> folder() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isDirectory);
    }
    Path start = Path.of("").toAbsolutePath();
    for (Path above = start; above != null; above = above.getParent()) {
      Path candidate = above.resolve(FOLDER);
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /** What a test says when it skips because of a missing file. */
  public static String missing(String path) {
    return "Skipped: sample data "
        + path
        + " is not in "
        + FOLDER
        + " beside the project; -D"
        + PROPERTY
        + "=DIR names another folder";
  }
}
