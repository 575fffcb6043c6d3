package io.memlake.engine.image;

import io.memlake.engine.image.extent.StoredBytes;
import java.io.Serializable;

/**
 * A file inside a memory container.
 *
 * @param path as the container names it; never used as a path of this machine
 * @param kind {@code pagefile} or {@code file}
 * @param bytes its content
 */
public record EmbeddedFile(String path, String kind, StoredBytes bytes) implements Serializable {
  /** Kind of page files and swap files. */
  public static final String PAGE_FILE = "pagefile";

  /** Kind of everything else. */
  public static final String FILE = "file";
}
