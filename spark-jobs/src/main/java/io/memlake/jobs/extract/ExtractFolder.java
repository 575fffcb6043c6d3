package io.memlake.jobs.extract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.EnvironmentException;
import io.memlake.jobs.exit.OperatorException;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The folder of the user that extracted bytes go to. Nothing in it is ever overwritten. */
public final class ExtractFolder {
  private static final int MAX_NAME = 80;
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path folder;

  private ExtractFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder.
   *
   * @throws OperatorException when it is the folder of the evidence, which stays as it is
   */
  public static ExtractFolder at(Path folder, List<String> evidence) throws IOException {
    Path real;
    try {
      real = Files.createDirectories(folder.toAbsolutePath().normalize()).toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new OperatorException("--out " + folder + " is a file; it must be a folder", e);
    } catch (IOException e) {
      throw new EnvironmentException("Cannot make " + folder + ": " + e.getMessage(), e);
    }
    for (String file : evidence) {
      if (Locations.isLocal(Locations.parse(file)) && isBeside(real, Path.of(file))) {
        throw new OperatorException(
            "--out " + folder + " holds the evidence " + file + "; take another folder");
      }
    }
    return new ExtractFolder(real);
  }

  private static boolean isBeside(Path folder, Path evidence) throws IOException {
    Path parent = evidence.toAbsolutePath().getParent();
    return parent != null && Files.isDirectory(parent) && folder.equals(parent.toRealPath());
  }

  /** A name from the evidence as part of a file name: anything may stand in it. */
  public static String safe(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^\\.+", "_");
    return safe.length() <= MAX_NAME ? safe : safe.substring(0, MAX_NAME);
  }

  /** Path of a file in the folder. */
  public Path path(String name) {
    return folder.resolve(name);
  }

  /**
   * A new file.
   *
   * @throws OperatorException when there is one of that name
   */
  public OutputStream create(String name) throws IOException {
    try {
      return new BufferedOutputStream(
          Files.newOutputStream(
              path(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
          1 << 16);
    } catch (FileAlreadyExistsException e) {
      throw new OperatorException(path(name) + " exists; nothing is overwritten", e);
    }
  }

  /** A new file of text. */
  public BufferedWriter text(String name) throws IOException {
    return new BufferedWriter(new java.io.OutputStreamWriter(create(name), StandardCharsets.UTF_8));
  }

  /** Writes a report as a new file. */
  public void report(String name, Object report) throws IOException {
    try (OutputStream out = create(name)) {
      JSON.writeValue(out, report);
      out.write('\n');
    }
  }
}
