package io.memlake.engine.symbols;

import java.util.Optional;
import java.util.OptionalLong;

/** The structures and symbols of one build of one binary. Immutable and safe to share. */
public interface SymbolTable {

  /** Where the facts come from, for reports: a file name, {@code embedded}, {@code calibrated}. */
  String source();

  /** Which build they describe. */
  PdbId pdb();

  /** Bytes of a pointer: 8 or 4. */
  int pointerSize();

  /** A structure by its Windows name, with or without the leading underscore as Windows has it. */
  Optional<StructType> findStruct(String name);

  /**
   * Offset of a symbol from the base of the loaded binary.
   *
   * @return empty when the source does not know the symbol
   */
  OptionalLong findSymbol(String name);

  /**
   * A structure that the caller cannot do without.
   *
   * @throws MissingSymbolException when the source does not know it
   */
  default StructType struct(String name) {
    return findStruct(name).orElseThrow(() -> new MissingSymbolException(source(), name, ""));
  }

  /**
   * A symbol that the caller cannot do without.
   *
   * @throws MissingSymbolException when the source does not know it
   */
  default long symbol(String name) {
    OptionalLong found = findSymbol(name);
    if (found.isEmpty()) {
      throw new MissingSymbolException(source(), name, "");
    }
    return found.getAsLong();
  }
}
