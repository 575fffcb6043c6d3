package io.memlake.engine.symbols;

import java.util.Map;

/** How types are found by name. */
public final class TypeNames {
  private TypeNames() {}

  /**
   * The value for {@code name}, else for the same name with or without its leading underscore;
   * Windows spells most kernel types with one and some without.
   *
   * @return null when neither is there
   */
  public static <T> T either(Map<String, T> types, String name) {
    T exact = types.get(name);
    return exact != null ? exact : types.get(name.startsWith("_") ? name.substring(1) : "_" + name);
  }

  /** Whether a compiler or a symbol tool made the name up for a type that has none. */
  public static boolean isMadeUp(String name) {
    int start = 0;
    while (start < name.length() && (name.charAt(start) == '_' || name.charAt(start) == '<')) {
      start++;
    }
    return (name.startsWith("unnamed", start) || name.startsWith("anon", start))
        && !name.startsWith("<unnamed-enum");
  }
}
