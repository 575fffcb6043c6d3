package io.memlake.engine.image;

import io.memlake.engine.bytes.ByteSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evidence in which the files inside a container have names of their own: {@code
 * CONTAINER::PATH_IN_CONTAINER}. Every other name is opened as before.
 */
public final class EmbeddedEvidence implements Evidence {
  private static final String INSIDE = "::";

  private final Evidence outer;
  private final Map<String, EmbeddedFile> files;

  private EmbeddedEvidence(Evidence outer, Map<String, EmbeddedFile> files) {
    this.outer = outer;
    this.files = files;
  }

  /** The evidence of an image with what is inside its container. */
  public static Evidence of(ImageIndex image, Evidence outer) {
    Map<String, EmbeddedFile> files = byName(image);
    return files.isEmpty() ? outer : new EmbeddedEvidence(outer, files);
  }

  /** Names of the page files inside the container of an image, in the order of the container. */
  public static List<String> pageFiles(ImageIndex image) {
    return byName(image).entrySet().stream()
        .filter(file -> file.getValue().kind().equals(EmbeddedFile.PAGE_FILE))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a name is one of a file inside a container. */
  public static boolean isInside(String file) {
    return file.contains(INSIDE);
  }

  private static Map<String, EmbeddedFile> byName(ImageIndex image) {
    Map<String, EmbeddedFile> files = new LinkedHashMap<>();
    for (EmbeddedFile file : image.embeddedFiles()) {
      files.putIfAbsent(image.files().get(0) + INSIDE + file.path(), file);
    }
    return files;
  }

  @Override
  public ByteSource open(String file) throws IOException {
    EmbeddedFile inside = files.get(file);
    return inside == null ? outer.open(file) : inside.bytes().open(outer);
  }

  @Override
  public List<String> siblings(String file) throws IOException {
    return outer.siblings(file);
  }
}
