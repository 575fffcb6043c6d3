package io.memlake.testdata.layout;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the machine needs to know about one kernel: its PDB identity, structure layouts and symbol
 * addresses.
 */
public final class KernelLayout {

  /** The kernels that are bundled, one for each build line, oldest first. */
  private static final List<String> BUNDLED =
      List.of(
          "6.1.7601.24540",
          "6.3.9600.21620",
          "10.0.14393.6343",
          "10.0.17763.5933",
          "10.0.18362.836",
          "10.0.19041.985",
          "10.0.20348.1547",
          "10.0.22000.2538");

  private final KernelIdentity identity;
  private final Map<String, StructLayout> structs;
  private final Map<String, Long> symbols;

  KernelLayout(
      KernelIdentity identity, Map<String, StructLayout> structs, Map<String, Long> symbols) {
    this.identity = identity;
    this.structs = new TreeMap<>(structs);
    this.symbols = new TreeMap<>(symbols);
  }

  /**
   * The bundled layout of a build.
   *
   * @param build Windows build number, for example 19041
   * @throws IllegalArgumentException when the build is not bundled; the message names those that
   *     are
   */
  public static KernelLayout bundled(int build) {
    for (String version : BUNDLED) {
      if (KernelIdentity.buildOf(version) == build) {
        return read(version);
      }
    }
    throw new IllegalArgumentException(
        "No bundled layout for build " + build + "; there are " + bundledBuilds());
  }

  /** The builds that {@link #bundled} knows, oldest first. */
  public static List<Integer> bundledBuilds() {
    return BUNDLED.stream().map(KernelIdentity::buildOf).toList();
  }

  /**
   * The layout of any kernel of Windows 7 or later, x64, from its symbol file.
   *
   * @param file ISF JSON, plain or {@code .xz}
   * @param version file version of the kernel, which the symbol file does not name
   * @throws IOException when the file cannot be read
   */
  public static KernelLayout fromIsf(Path file, String version) throws IOException {
    return IsfFile.read(file).layout(version, WantedFacts.load());
  }

  /**
   * The bundled layout of a 32-bit kernel. Structures are those of the public symbols of the build;
   * the addresses of its variables and its identity are made up.
   *
   * @param build 2600 (without PAE), 7601 or 19041 (with PAE)
   */
  public static KernelLayout narrow(int build) {
    try (InputStream in = narrowSymbols(build)) {
      return IsfFile.read(in, true).layout(narrowVersion(build), WantedFacts.loadNarrow());
    } catch (IOException e) {
      throw new UncheckedIOException("Symbols of 32-bit build " + build + " cannot be read", e);
    }
  }

  /**
   * Writes the symbol file that {@link #narrow} reads, as a user would give it: {@code .json.xz}.
   */
  public static void writeNarrowSymbols(int build, Path file) throws IOException {
    try (InputStream in = narrowSymbols(build)) {
      Files.copy(in, file);
    }
  }

  private static InputStream narrowSymbols(int build) {
    InputStream in = KernelLayout.class.getResourceAsStream("narrow-" + build + ".json.xz");
    if (in == null) {
      throw new IllegalArgumentException("No 32-bit layout of build " + build);
    }
    return in;
  }

  private static String narrowVersion(int build) {
    return (build == 2600 ? "5.1." : build == 7601 ? "6.1." : "10.0.") + build + ".0";
  }

  /**
   * A kernel with these layouts that calls itself otherwise: an update that no symbol source knows.
   */
  public KernelLayout calledOtherwise(String version, String pdbGuid) {
    return new KernelLayout(
        new KernelIdentity(version, identity.pdbName(), pdbGuid, 1), structs, symbols);
  }

  /**
   * The same kernel with a structure that has further members from {@code offset} on: everything
   * behind lies {@code bytes} further.
   */
  public KernelLayout withRoomIn(String struct, int offset, int bytes) {
    StructLayout before = struct(struct);
    Map<String, FieldLayout> fields = new TreeMap<>();
    before
        .fields()
        .forEach(
            (path, field) ->
                fields.put(
                    path,
                    field.offset() < offset
                        ? field
                        : new FieldLayout(
                            field.offset() + bytes,
                            field.size(),
                            field.bitPosition(),
                            field.bitLength())));
    Map<String, StructLayout> changed = new TreeMap<>(structs);
    changed.put(struct, new StructLayout(struct, before.size() + bytes, fields));
    return new KernelLayout(identity, changed, symbols);
  }

  /**
   * Further facts of a bundled build, of one subject: {@code system} for the objects of drivers,
   * {@code tcpip} for that driver's own symbols.
   *
   * @throws IllegalArgumentException when the build is not bundled
   */
  public static KernelLayout bundled(int build, String subject) {
    return read(bundled(build).identity.version() + "." + subject);
  }

  private static KernelLayout read(String name) {
    try (InputStream in = KernelLayout.class.getResourceAsStream(name + ".txt")) {
      if (in == null) {
        throw new IllegalStateException("Layout resource " + name + ".txt is missing");
      }
      return LayoutText.read(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Layout resource " + name + ".txt cannot be read", e);
    }
  }

  /** Version and PDB identity. */
  public KernelIdentity identity() {
    return identity;
  }

  /** Windows build number, for example 19041. */
  public int build() {
    return identity.build();
  }

  /** Whether this kernel has the structure. */
  public boolean hasStruct(String name) {
    return structs.containsKey(name);
  }

  /**
   * A structure by its name in the symbol file.
   *
   * @throws IllegalArgumentException when this kernel has none
   */
  public StructLayout struct(String name) {
    StructLayout struct = structs.get(name);
    if (struct == null) {
      throw new IllegalArgumentException("No structure " + name + " in kernel " + identity);
    }
    return struct;
  }

  /** Whether this kernel has the symbol. */
  public boolean hasSymbol(String name) {
    return symbols.containsKey(name);
  }

  /**
   * The address of a symbol relative to the kernel base.
   *
   * @throws IllegalArgumentException when this kernel has none
   */
  public long symbol(String name) {
    Long address = symbols.get(name);
    if (address == null) {
      throw new IllegalArgumentException("No symbol " + name + " in kernel " + identity);
    }
    return address;
  }

  /** The known symbols in a range of the image, relative to its base; the end is exclusive. */
  public Set<String> symbolsBetween(long start, long end) {
    Set<String> found = new TreeSet<>();
    symbols.forEach(
        (name, address) -> {
          if (address >= start && address < end) {
            found.add(name);
          }
        });
    return found;
  }

  /** The highest known symbol address, relative to the base. */
  public long lastSymbol() {
    return symbols.values().stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  Map<String, StructLayout> structs() {
    return structs;
  }

  Map<String, Long> symbols() {
    return symbols;
  }
}
