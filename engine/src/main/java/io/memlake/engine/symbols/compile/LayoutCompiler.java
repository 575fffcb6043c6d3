package io.memlake.engine.symbols.compile;

import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.KernelVersion;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.compact.CompactWriter;
import io.memlake.engine.symbols.isf.IsfReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compiles symbol files into one table that holds all named structures and enumerations, and of the
 * symbols those that {@code wanted-symbols.txt} lists.
 */
public final class LayoutCompiler {
  /** Folders inside each other that are searched. */
  static final int MAX_FOLDER_DEPTH = 8;

  /** Symbol files of one run; the public set has 298. */
  static final int MAX_FILES = 20_000;

  private static final List<String> ENDINGS = List.of(".json", ".json.xz", ".json.gz");

  private LayoutCompiler() {}

  /** Hears of each file after it was read. */
  @FunctionalInterface
  public interface Progress {
    /**
     * One more file is done.
     *
     * @param file the file
     * @param done files done so far
     * @param total files found
     * @param problem why the file was left out, empty when it was not
     */
    void done(Path file, int done, int total, String problem);
  }

  /**
   * Reads all symbol files below {@code folder} and writes the table. A file that cannot be used is
   * reported and left out.
   *
   * @return how many binaries the table holds
   * @throws IOException when the folder has no usable symbol file or cannot be read, or the output
   *     cannot be written
   */
  public static int compile(Path folder, OutputStream out, Progress progress) throws IOException {
    Set<String> wanted = CompilerLists.wantedSymbols();
    Map<String, KernelVersion> versions = CompilerLists.versions();
    List<Path> files = symbolFiles(folder);
    CompactWriter writer = new CompactWriter();
    int done = 0;
    for (Path file : files) {
      done++;
      progress.done(file, done, files.size(), add(file, writer, versions, wanted));
    }
    if (writer.size() == 0) {
      throw new IOException(
          "Cannot compile symbols: no usable .json, .json.xz or .json.gz file below " + folder);
    }
    writer.write(out);
    return writer.size();
  }

  private static String add(
      Path file, CompactWriter writer, Map<String, KernelVersion> versions, Set<String> wanted)
      throws IOException {
    try (FileByteSource source = FileByteSource.open(file)) {
      SymbolTable table = IsfReader.read(source);
      KernelVersion version = versions.get(table.pdb().key());
      if (version == null) {
        version = table.version().orElse(KernelVersion.UNKNOWN);
      }
      return writer.add(table, version, wanted) ? "" : "its GUID and age came before";
    } catch (CorruptSymbolsException | IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** In the order of their paths, so that equal folders give equal tables. */
  private static List<Path> symbolFiles(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, MAX_FOLDER_DEPTH)) {
      List<Path> files =
          all.filter(Files::isRegularFile)
              .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
              .limit(MAX_FILES + 1L)
              .sorted()
              .toList();
      if (files.size() > MAX_FILES) {
        throw new IOException(
            "Cannot compile symbols: more than " + MAX_FILES + " files below " + folder);
      }
      return files;
    }
  }
}
