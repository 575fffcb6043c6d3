package io.memlake.engine.symbols.store;

import io.memlake.engine.bytes.ByteSource;
import java.io.IOException;
import java.util.List;

/** The file system that symbol folders lie in. */
public interface SymbolFiles {
  /**
   * All files below {@code folder}, sorted; {@code folder} itself when it is a file.
   *
   * @param maxDepth folders inside each other that are entered
   * @param maxFiles files after which the listing stops
   * @throws IOException when {@code folder} does not exist or cannot be listed
   */
  List<String> list(String folder, int maxDepth, int maxFiles) throws IOException;

  /**
   * Opens a file that {@link #list} named.
   *
   * @throws IOException when it cannot be opened
   */
  ByteSource open(String file) throws IOException;
}
