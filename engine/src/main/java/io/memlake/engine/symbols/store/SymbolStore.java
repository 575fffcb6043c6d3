package io.memlake.engine.symbols.store;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.symbols.CorruptSymbolsException;
import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.compact.CompactSymbols;
import io.memlake.engine.symbols.isf.IsfReader;
import io.memlake.engine.symbols.pdb.PdbReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the symbols of a binary: in the file that the user forces, in the folders that the user
 * gives, in the table inside the program. Used by one thread; the tables that it gives are safe to
 * share.
 */
public final class SymbolStore {
  /** Updates that only raise the build number of the same binaries ("enablement packages"). */
  private static final Map<Integer, Integer> SAME_BINARIES =
      Map.of(18363, 18362, 19042, 19041, 19043, 19041, 19044, 19041, 19045, 19041);

  private final Optional<SymbolTable> forced;
  private final SymbolFolders folders;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Optional<SymbolTable>> found = new HashMap<>();

  private SymbolStore(SymbolSettings settings, SymbolFiles files) throws IOException {
    this.forced =
        settings.forcedFile().isEmpty()
            ? Optional.empty()
            : Optional.of(readForced(settings.forcedFile(), files));
    this.folders = new SymbolFolders(settings.folders(), files, problems);
  }

  /**
   * Opens the store; files are read when something asks for them, only the forced file at once.
   *
   * @throws CorruptSymbolsException when the forced file is no usable symbol file
   * @throws IOException when the forced file or a folder does not exist or cannot be read
   */
  public static SymbolStore open(SymbolSettings settings, SymbolFiles files) throws IOException {
    return new SymbolStore(settings, files);
  }

  /** The file that the user wants to be used whatever the image says. */
  public Optional<SymbolTable> forced() {
    return forced;
  }

  /**
   * Structures and symbols of exactly this binary; GUID and age decide, not the name. A broken file
   * is noted in {@link #problems} and the next source is asked.
   *
   * @throws IOException when the table inside the program cannot be read
   */
  public Optional<SymbolTable> find(PdbId pdb) throws IOException {
    if (forced.isPresent() && forced.get().pdb().key().equals(pdb.key())) {
      return forced;
    }
    Optional<SymbolTable> known = found.get(pdb.key());
    if (known == null) {
      known = folders.find(pdb);
      if (known.isEmpty()) {
        known = EmbeddedSymbols.find(pdb);
      }
      found.put(pdb.key(), known);
    }
    return known;
  }

  /**
   * The symbols of a build from the source that gives them fastest, to test whether the build is
   * the right one; {@link #find} then gives those of the most trusted source.
   *
   * @throws IOException when the table inside the program cannot be read
   */
  public Optional<SymbolTable> probe(PdbId pdb) throws IOException {
    for (CompactSymbols table : compiledTables()) {
      Optional<SymbolTable> probed = table.find(pdb);
      if (probed.isPresent()) {
        return probed;
      }
    }
    return find(pdb);
  }

  /**
   * All binaries of the compiled tables of the user and of the one inside the program. Single
   * symbol files are not opened for this list.
   *
   * @throws IOException when the table inside the program cannot be read
   */
  public List<KnownKernel> known() throws IOException {
    return List.copyOf(owners().keySet());
  }

  /**
   * Kernels whose three well-known symbols lie at these distances, see {@link
   * KnownKernel.Fingerprint}. Several kernels of one build line may match; their layouts agree.
   *
   * @throws IOException when the table inside the program cannot be read
   */
  public List<KnownKernel> matching(KnownKernel.Fingerprint fingerprint) throws IOException {
    return known().stream()
        .filter(kernel -> !fingerprint.equals(KnownKernel.Fingerprint.NONE))
        .filter(kernel -> kernel.fingerprint().equals(fingerprint))
        .toList();
  }

  /**
   * Layouts of the nearest update of the same build, for a kernel that no source knows. The table
   * has no symbols and says so in its source.
   *
   * @param ntBuild build number, with or without the bits that {@code NtBuildNumber} adds on top
   * @param revision update of the build; negative when it is not known, which takes the last
   * @throws IOException when the table inside the program cannot be read
   */
  public Optional<SymbolTable> nearest(int ntBuild, int revision) throws IOException {
    int build = baseBuild(ntBuild);
    int wanted = revision < 0 ? Integer.MAX_VALUE : revision;
    return lend(
        build,
        Comparator.comparingInt(
            kernel -> Math.abs(wanted - Math.max(0, kernel.version().revision()))),
        "layouts of %s, for an unknown update of build " + build);
  }

  /**
   * Layouts of the nearest build that is known at all, as a first guess for calibration when even
   * {@link #nearest} knows nothing.
   *
   * @throws IOException when the table inside the program cannot be read
   */
  public Optional<SymbolTable> similar(int ntBuild) throws IOException {
    int wanted = baseBuild(ntBuild);
    OptionalInt build =
        owners().keySet().stream()
            .filter(SymbolStore::isKernel)
            .mapToInt(kernel -> kernel.version().build())
            .boxed()
            .min(Comparator.comparingInt(candidate -> Math.abs(candidate - wanted)))
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    if (build.isEmpty()) {
      return Optional.empty();
    }
    return lend(
        build.getAsInt(),
        Comparator.comparingInt(kernel -> -kernel.version().revision()),
        "layouts of %s, a guess for unknown build " + wanted);
  }

  /** What was wrong with files of the user, in plain words, in the order it was met. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private Optional<SymbolTable> lend(int build, Comparator<KnownKernel> order, String source)
      throws IOException {
    Map<KnownKernel, CompactSymbols> owners = owners();
    Optional<KnownKernel> best =
        owners.keySet().stream()
            .filter(kernel -> isKernel(kernel) && kernel.version().build() == build)
            .min(order);
    if (best.isEmpty()) {
      return Optional.empty();
    }
    KnownKernel kernel = best.get();
    return owners
        .get(kernel)
        .layoutsOnly(kernel.pdb(), String.format(Locale.ROOT, source, kernel.version()));
  }

  private List<CompactSymbols> compiledTables() throws IOException {
    List<CompactSymbols> tables = new ArrayList<>(folders.compiled());
    tables.add(EmbeddedSymbols.compact());
    return tables;
  }

  private Map<KnownKernel, CompactSymbols> owners() throws IOException {
    Map<KnownKernel, CompactSymbols> owners = new LinkedHashMap<>();
    for (CompactSymbols table : compiledTables()) {
      table.known().forEach(kernel -> owners.putIfAbsent(kernel, table));
    }
    return owners;
  }

  private static boolean isKernel(KnownKernel kernel) {
    return kernel.pdb().name().startsWith("nt") && kernel.version().build() > 0;
  }

  private static int baseBuild(int ntBuild) {
    int build = ntBuild & 0xFFFF;
    return SAME_BINARIES.getOrDefault(build, build);
  }

  private static SymbolTable readForced(String file, SymbolFiles files) throws IOException {
    try (ByteSource source = files.open(file)) {
      return PdbReader.isPdb(source) ? PdbReader.read(source) : IsfReader.read(source);
    }
  }
}
