package io.memlake.jobs.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.memlake.jobs.bytes.Locations;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The few file operations that the lake is built from. Each either happens whole or throws; every
 * failure to write is a {@link LakeWriteException}, so that a full disk is told from bad evidence.
 */
public final class LakeFiles {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          // A lake may have been written by a newer version that keeps more.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The name of Hadoop's option that is {@code If-None-Match} in S3. */
  private static final String CREATE_CONDITIONALLY = "fs.option.create.conditional.overwrite";

  private final FileSystem files;

  LakeFiles(FileSystem files) {
    this.files = files;
  }

  /** Operations on the file system of {@code path}. */
  public static LakeFiles of(Path path, Configuration configuration) throws IOException {
    return new LakeFiles(path.getFileSystem(configuration));
  }

  /**
   * Whether a folder is renamed at once, with all it holds. In a store without folders it is copied
   * object by object, and a reader, or the next run after a crash, finds half of it.
   */
  boolean renamesFolders() {
    return !Locations.isFlatStore(files.getUri().getScheme());
  }

  /** Whether there is a file or folder. */
  public boolean exists(Path path) throws IOException {
    return files.exists(path);
  }

  /** Length of a file in bytes. */
  public long length(Path file) throws IOException {
    return files.getFileStatus(file).getLen();
  }

  /** Names in a folder, sorted; empty when there is no such folder. */
  public List<Path> list(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        paths.add(status.getPath());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    paths.sort(Comparator.comparing(Path::getName));
    return paths;
  }

  /** Makes a folder and those above it. */
  public void makeFolder(Path folder) throws LakeWriteException {
    try {
      if (!files.mkdirs(folder)) {
        throw new IOException("the folder cannot be made");
      }
    } catch (IOException e) {
      throw new LakeWriteException(folder, e);
    }
  }

  /** Renames a file or folder to a name that is not taken; folders above it are made. */
  public void move(Path from, Path to) throws LakeWriteException {
    makeFolder(to.getParent());
    try {
      if (files.exists(to)) {
        throw new IOException("it exists already");
      }
      if (!files.rename(from, to)) {
        throw new IOException("cannot rename " + from.toUri().getPath());
      }
    } catch (IOException e) {
      throw new LakeWriteException(to, e);
    }
  }

  /** Deletes a file, or a folder with all it holds; nothing happens when there is none. */
  public void delete(Path path) throws LakeWriteException {
    try {
      if (!files.delete(path, true) && files.exists(path)) {
        throw new IOException("cannot delete");
      }
    } catch (FileNotFoundException e) {
      return;
    } catch (IOException e) {
      throw new LakeWriteException(path, e);
    }
  }

  /** Deletes a folder that holds nothing any more. */
  void deleteEmpty(Path folder) throws IOException {
    if (files.exists(folder) && files.listStatus(folder).length == 0) {
      delete(folder);
    }
  }

  /** Writes a text that appears whole under its name, replacing an older one. */
  public void writeText(Path file, String text) throws LakeWriteException {
    if (!renamesFolders()) {
      // An object has its name when it is whole, and replaces an older one then.
      try (OutputStream out = files.create(file, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new LakeWriteException(file, e);
      }
      return;
    }
    makeFolder(file.getParent());
    Path unfinished =
        new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (OutputStream out = files.create(unfinished, true)) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      if (!files.rename(unfinished, file)) {
        // Some file systems do not rename over an existing file.
        files.delete(file, false);
        if (!files.rename(unfinished, file)) {
          throw new IOException("cannot rename " + unfinished.getName());
        }
      }
    } catch (IOException e) {
      throw new LakeWriteException(file, e);
    }
  }

  /** Creates a file, unless there is one already. */
  boolean createNew(Path file, String text) throws LakeWriteException {
    try {
      makeFolder(file.getParent());
      FSDataOutputStreamBuilder<?, ?> once = files.createFile(file);
      once.overwrite(false);
      // Stores that would look first and write later: they decide, when the object is sent.
      once.opt(CREATE_CONDITIONALLY, true);
      try (OutputStream out = once.build()) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      if (lostTheRace(file, text)) {
        return false;
      }
      throw new LakeWriteException(file, e);
    }
  }

  /** A store that refuses the second of two equal names does so with an error of its own. */
  private boolean lostTheRace(Path file, String text) {
    try {
      return !renamesFolders() && !readText(file).equals(text);
    } catch (IOException e) {
      return false;
    }
  }

  /** The whole text of a small file. */
  public String readText(Path file) throws IOException {
    try (var in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Writes a record as JSON; see {@link #writeText}. */
  public void writeJson(Path file, Object value) throws LakeWriteException {
    try {
      writeText(file, JSON.writeValueAsString(value) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not writable as JSON: " + value, e);
    }
  }

  /**
   * Reads a record that {@link #writeJson} wrote.
   *
   * @throws IOException when it is damaged; names the file
   */
  public <T> T readJson(Path file, Class<T> type) throws IOException {
    try {
      return JSON.readValue(readText(file), type);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "Damaged: " + file.toUri().getPath() + ": " + e.getOriginalMessage(), e);
    }
  }
}
