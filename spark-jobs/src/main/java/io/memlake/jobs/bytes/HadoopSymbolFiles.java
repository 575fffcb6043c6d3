package io.memlake.jobs.bytes;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.symbols.store.SymbolFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Symbol folders on any Hadoop file system. */
public final class HadoopSymbolFiles implements SymbolFiles {
  private final HadoopEvidence evidence;

  /** Opens files as {@code evidence} does. */
  public HadoopSymbolFiles(HadoopEvidence evidence) {
    this.evidence = evidence;
  }

  @Override
  public List<String> list(String folder, int maxDepth, int maxFiles) throws IOException {
    Path root = Locations.parse(folder);
    FileSystem files = root.getFileSystem(evidence.configuration());
    List<String> found = new ArrayList<>();
    Deque<Path> folders = new ArrayDeque<>();
    FileStatus status;
    try {
      status = files.getFileStatus(root);
    } catch (FileNotFoundException e) {
      throw new IOException(
          "Cannot read symbols " + folder + ": there is no such file or folder", e);
    }
    if (status.isFile()) {
      return List.of(folder);
    }
    folders.add(status.getPath());
    while (!folders.isEmpty() && found.size() < maxFiles) {
      for (FileStatus entry : files.listStatus(folders.removeFirst())) {
        Path path = entry.getPath();
        if (entry.isFile() && found.size() < maxFiles) {
          found.add(Locations.text(path));
        } else if (entry.isDirectory() && path.depth() - root.depth() < maxDepth) {
          folders.add(path);
        }
      }
    }
    found.sort(null);
    return found;
  }

  @Override
  public ByteSource open(String file) throws IOException {
    return evidence.open(file);
  }
}
