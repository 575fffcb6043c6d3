package io.memlake.jobs.bytes;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.image.Evidence;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Evidence on any Hadoop file system, opened for reading only.
 *
 * <p>Serializable: a job broadcasts one, so that no task makes a Hadoop configuration of its own.
 */
public final class HadoopEvidence implements Evidence, Serializable {
  private static final long serialVersionUID = 1L;

  private final SerializableConfiguration configuration;

  /** Opens files with the settings of {@code configuration}. */
  public HadoopEvidence(Configuration configuration) {
    this.configuration = new SerializableConfiguration(configuration);
  }

  /** The settings of all file systems. */
  public Configuration configuration() {
    return configuration.value();
  }

  @Override
  public ByteSource open(String file) throws IOException {
    Path path = Locations.parse(file);
    try {
      if (Locations.isLocal(path)) {
        return FileByteSource.open(java.nio.file.Path.of(Locations.text(path)));
      }
      FileSystem files = path.getFileSystem(configuration());
      FileStatus status = files.getFileStatus(path);
      if (status.isDirectory()) {
        throw new IOException("Cannot read " + file + ": it is a directory");
      }
      return Locations.isObjectStore(files.getScheme())
          ? new WindowByteSource(file, files.open(path), status.getLen())
          : new SequentialByteSource(file, files.open(path), status.getLen());
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new IOException("Cannot read " + file + ": it does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException("Cannot read " + file + ": permission denied", e);
    }
  }

  @Override
  public List<String> siblings(String file) throws IOException {
    Path folder = Locations.parse(file).getParent();
    List<String> names = new ArrayList<>();
    for (FileStatus status : folder.getFileSystem(configuration()).listStatus(folder)) {
      if (status.isFile()) {
        names.add(Locations.text(status.getPath()));
      }
    }
    names.sort(null);
    return names;
  }
}
