package io.memlake.engine.symbols.store;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.compact.CompactFormat;
import io.memlake.engine.symbols.compact.CompactSymbols;
import io.memlake.engine.symbols.isf.IsfReader;
import io.memlake.engine.symbols.pdb.PdbReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Symbol files of the user. Files are found by their names first and by their content last. */
final class SymbolFolders {
  /** Folders inside each other that are entered. */
  static final int MAX_DEPTH = 8;

  /** Files of one folder that are looked at; the public set has 298. */
  static final int MAX_FILES = 100_000;

  /** Files without GUID in their name that are opened to learn whose they are. */
  static final int MAX_ANONYMOUS_FILES = 64;

  private final SymbolFiles files;
  private final List<String> problems;
  private final Map<String, List<String>> byKey = new HashMap<>();
  private final Map<String, List<String>> pdbsByName = new HashMap<>();
  private final List<CompactSymbols> compiled = new ArrayList<>();
  private final List<String> anonymous = new ArrayList<>();
  private Map<String, List<String>> byContent;

  SymbolFolders(List<String> folders, SymbolFiles files, List<String> problems) throws IOException {
    this.files = files;
    this.problems = problems;
    for (String folder : folders) {
      List<String> found = files.list(folder, MAX_DEPTH, MAX_FILES);
      if (found.size() >= MAX_FILES) {
        problems.add(folder + " has more than " + MAX_FILES + " files; the rest is not used");
      }
      found.forEach(this::sort);
    }
  }

  private void sort(String file) {
    if (file.endsWith(CompactFormat.FILE_ENDING)) {
      try (ByteSource source = files.open(file)) {
        compiled.add(CompactSymbols.open(source));
      } catch (IOException e) {
        problems.add(e.getMessage());
      }
      return;
    }
    boolean pdb = SymbolFileName.isPdb(file);
    if (!pdb && !SymbolFileName.isIsf(file)) {
      return;
    }
    Optional<String> key = SymbolFileName.key(file);
    if (key.isPresent()) {
      byKey.computeIfAbsent(key.get(), name -> new ArrayList<>()).add(file);
    } else if (pdb) {
      pdbsByName.computeIfAbsent(baseName(file), name -> new ArrayList<>()).add(file);
    } else {
      anonymous.add(file);
    }
  }

  List<CompactSymbols> compiled() {
    return compiled;
  }

  Optional<SymbolTable> find(PdbId pdb) {
    List<String> candidates = new ArrayList<>(byKey.getOrDefault(pdb.key(), List.of()));
    candidates.addAll(pdbsByName.getOrDefault(baseName(pdb.name()), List.of()));
    for (String file : candidates) {
      Optional<SymbolTable> table = read(file, pdb);
      if (table.isPresent()) {
        return table;
      }
    }
    for (CompactSymbols symbols : compiled) {
      try {
        Optional<SymbolTable> table = symbols.find(pdb);
        if (table.isPresent()) {
          return table;
        }
      } catch (CorruptSymbolsException e) {
        problems.add(e.getMessage());
      }
    }
    for (String file : byContent().getOrDefault(pdb.key(), List.of())) {
      Optional<SymbolTable> table = read(file, pdb);
      if (table.isPresent()) {
        return table;
      }
    }
    return Optional.empty();
  }

  private Optional<SymbolTable> read(String file, PdbId wanted) {
    try (ByteSource source = files.open(file)) {
      boolean pdb = SymbolFileName.isPdb(file);
      if (pdb && !PdbReader.identity(source).key().equals(wanted.key())) {
        return Optional.empty();
      }
      SymbolTable table = pdb ? PdbReader.read(source) : IsfReader.read(source);
      if (table.pdb().key().equals(wanted.key())) {
        return Optional.of(table);
      }
      problems.add(
          file + " is of " + table.pdb().key() + ", not of " + wanted.key() + "; it is not used");
    } catch (IOException e) {
      problems.add(e.getMessage());
    }
    return Optional.empty();
  }

  /** Opens what has no GUID in its name; only when everything else has failed. */
  private Map<String, List<String>> byContent() {
    if (byContent == null) {
      byContent = new HashMap<>();
      if (anonymous.size() > MAX_ANONYMOUS_FILES) {
        problems.add(
            "Of "
                + anonymous.size()
                + " symbol files without GUID in their name only "
                + MAX_ANONYMOUS_FILES
                + " are opened");
      }
      for (String file : anonymous.subList(0, Math.min(anonymous.size(), MAX_ANONYMOUS_FILES))) {
        try (ByteSource source = files.open(file)) {
          String key = IsfReader.identity(source).key();
          byContent.computeIfAbsent(key, name -> new ArrayList<>()).add(file);
        } catch (IOException e) {
          problems.add(e.getMessage());
        }
      }
    }
    return byContent;
  }

  private static String baseName(String file) {
    int cut = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    return file.substring(cut + 1).toLowerCase(Locale.ROOT);
  }
}
