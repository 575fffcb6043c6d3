package io.memlake.engine.image;

import io.memlake.engine.bytes.ByteSource;
import java.io.IOException;
import java.util.List;

/**
 * Where an image and the files beside it are opened from: a folder on this machine, or a Hadoop
 * file system.
 */
public interface Evidence {

  /**
   * Opens a file by its full path or URI.
   *
   * @throws IOException when it does not exist or may not be read
   */
  ByteSource open(String file) throws IOException;

  /**
   * Full paths of the files beside {@code file}, itself included, sorted: side files and further
   * segments are found here.
   */
  List<String> siblings(String file) throws IOException;
}
