package io.memlake.engine.image;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.FileByteSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Evidence in folders of this machine. Has no state, so one instance serves all tasks. */
public final class LocalEvidence implements Evidence {

  /** Files listed beside an image; a folder with more is not searched for side files. */
  private static final int MAX_SIBLINGS = 100_000;

  /** Plain paths of this machine. */
  public LocalEvidence() {}

  @Override
  public ByteSource open(String file) throws IOException {
    Path path = path(file);
    try {
      return FileByteSource.open(path);
    } catch (NoSuchFileException e) {
      throw new IOException("Cannot read " + file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("Cannot read " + file + ": permission denied", e);
    }
  }

  @Override
  public List<String> siblings(String file) throws IOException {
    Path path = path(file);
    Path folder = path.getParent();
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(folder == null ? Path.of(".") : folder)) {
      for (Path entry : stream) {
        if (found.size() == MAX_SIBLINGS) {
          break;
        }
        if (Files.isRegularFile(entry)) {
          found.add((folder == null ? entry.getFileName() : entry).toString());
        }
      }
    } catch (AccessDeniedException e) {
      // A folder may be searchable without being listable; the image itself is then all there is.
      return List.of(file);
    }
    Collections.sort(found);
    return found;
  }

  private static Path path(String file) throws IOException {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new IOException("Cannot read " + file + ": not a path on this machine", e);
    }
  }
}
