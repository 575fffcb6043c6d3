package io.memlake.jobs.lake;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Finished chunks of a host that is not published yet, one file each. A file has its name only once
 * it is complete, so a chunk counts exactly when its file is there: a killed run loses what was
 * being scanned and nothing else.
 *
 * @param folder where the files lie; its name tells apart images and settings
 */
public record ChunkStore(String folder) implements Serializable {
  private static final Pattern NAME = Pattern.compile("chunk-(\\d{6})\\.findings");
  private static final int BUFFER_BYTES = 1 << 16;

  /** Chunks of {@code host} made from one image with settings that {@code key} stands for. */
  public static ChunkStore of(LakeLayout layout, String caseId, String host, String key) {
    return new ChunkStore(new Path(layout.checkpoints(caseId, host), key).toString());
  }

  /** Numbers of all finished chunks. */
  public Set<Integer> finished(Configuration configuration) throws IOException {
    Path path = new Path(folder);
    Set<Integer> numbers = new TreeSet<>();
    for (Path file : LakeFiles.of(path, configuration).list(path)) {
      Matcher name = NAME.matcher(file.getName());
      if (name.matches()) {
        numbers.add(Integer.parseInt(name.group(1)));
      }
    }
    return numbers;
  }

  /** Commits a chunk: what {@code content} writes becomes its file, whole or not at all. */
  public void commit(int chunk, Content content, Configuration configuration) throws IOException {
    Path target = file(chunk);
    Path unfinished = new Path(folder, ".chunk-" + chunk + "." + UUID.randomUUID() + ".tmp");
    FileSystem files = target.getFileSystem(configuration);
    try {
      try (OutputStream out =
          new BufferedOutputStream(files.create(unfinished, true), BUFFER_BYTES)) {
        content.writeTo(out);
      }
      if (!rename(files, unfinished, target) && !files.exists(target)) {
        throw new IOException("cannot rename " + unfinished.getName());
      }
    } catch (IOException e) {
      throw new LakeWriteException(target, e);
    }
  }

  /** False when a twin of the task was first, which some file systems tell by an exception. */
  private static boolean rename(FileSystem files, Path from, Path to) throws IOException {
    try {
      return files.rename(from, to);
    } catch (FileAlreadyExistsException e) {
      files.delete(from, false);
      return false;
    }
  }

  /** Opens the file of a finished chunk. */
  public InputStream open(int chunk, Configuration configuration) throws IOException {
    Path path = file(chunk);
    return new BufferedInputStream(path.getFileSystem(configuration).open(path), BUFFER_BYTES);
  }

  /** What errors call the file of a chunk. */
  public String name(int chunk) {
    return file(chunk).toUri().getPath();
  }

  private Path file(int chunk) {
    return new Path(folder, String.format("chunk-%06d.findings", chunk));
  }

  /** Writes the content of a chunk's file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }
}
