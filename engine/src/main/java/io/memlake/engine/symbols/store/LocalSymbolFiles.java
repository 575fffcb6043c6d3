package io.memlake.engine.symbols.store;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.FileByteSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Symbol folders on a local disk. */
public final class LocalSymbolFiles implements SymbolFiles {
  @Override
  public List<String> list(String folder, int maxDepth, int maxFiles) throws IOException {
    Path path = Path.of(folder);
    if (!Files.exists(path)) {
      throw new IOException("Cannot read symbols " + folder + ": there is no such file or folder");
    }
    try (Stream<Path> all = Files.walk(path, maxDepth)) {
      return all.filter(Files::isRegularFile).limit(maxFiles).map(Path::toString).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException("Cannot read symbols " + folder + ": " + e.getMessage(), e);
    }
  }

  @Override
  public ByteSource open(String file) throws IOException {
    return FileByteSource.open(Path.of(file));
  }
}
