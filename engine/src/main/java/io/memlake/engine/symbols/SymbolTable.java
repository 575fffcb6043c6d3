package io.memlake.engine.symbols;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

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
   * An enumeration by its Windows name, under the same rule.
   *
   * @return empty when the source does not know it
   */
  default Optional<EnumType> findEnum(String name) {
    return Optional.empty();
  }

  /**
   * Offset of a symbol from the base of the loaded binary.
   *
   * <p>Decorated C++ data is also found by its plain name: {@code SmGlobals} finds {@code
   * ?SmGlobals@@3U_SM_GLOBALS@@A}.
   *
   * @return empty when the source does not know the symbol
   */
  OptionalLong findSymbol(String name);

  /** File version of the binary, when the source says it. */
  default Optional<KernelVersion> version() {
    return Optional.empty();
  }

  /**
   * Whether the facts are of exactly this binary. False for layouts borrowed from a neighbouring
   * build: those have no symbols and deserve less trust.
   */
  default boolean exact() {
    return true;
  }

  /** Names of all structures, sorted, as the source spells them. */
  default Set<String> structNames() {
    return Set.of();
  }

  /** Names of all enumerations, sorted, as the source spells them. */
  default Set<String> enumNames() {
    return Set.of();
  }

  /** Names of all symbols, sorted, as the source spells them. */
  default Set<String> symbolNames() {
    return Set.of();
  }

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
