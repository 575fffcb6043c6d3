package io.memlake.engine.symbols.store;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the path of a symbol file tells before it is opened. */
final class SymbolFileName {
  /** {@code GUID-AGE.json.xz}, {@code name-GUID-AGE.json}, {@code ntkrnlmp.pdb/GUIDAGE/…}. */
  private static final Pattern KEY =
      Pattern.compile("(?<![0-9A-F])([0-9A-F]{32})-?([0-9A-F]{1,7})(?![0-9A-F])");

  private static final Pattern DASHED_KEY =
      Pattern.compile("(?<![0-9A-F])([0-9A-F]{32})-([0-9]{1,9})(?![0-9A-F])");

  private SymbolFileName() {}

  static boolean isIsf(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    return name.endsWith(".json") || name.endsWith(".json.xz") || name.endsWith(".json.gz");
  }

  static boolean isPdb(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(".pdb");
  }

  /**
   * GUID and age in a path, spelled as {@link io.memlake.engine.symbols.PdbId#key}. Symbol sets
   * write the age decimal after a dash; symbol servers write it hexadecimal without one.
   */
  static Optional<String> key(String file) {
    String name = file.toUpperCase(Locale.ROOT);
    Matcher dashed = DASHED_KEY.matcher(name);
    String found = "";
    while (dashed.find()) {
      found = dashed.group(1) + "-" + dashed.group(2);
    }
    if (!found.isEmpty()) {
      return Optional.of(found);
    }
    Matcher plain = KEY.matcher(name);
    while (plain.find()) {
      found = plain.group(1) + "-" + Long.parseLong(plain.group(2), 16);
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }
}
