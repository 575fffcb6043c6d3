package io.memlake.engine.symbols;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Names for the values of a number.
 *
 * @param name name in the Windows symbols
 * @param size bytes of the number
 * @param constants value by name
 */
public record EnumType(String name, int size, Map<String, Long> constants) {
  /** Sorts and copies the constants. */
  public EnumType {
    constants = Collections.unmodifiableMap(new TreeMap<>(constants));
  }

  /** The first name in the alphabet that stands for {@code value}. */
  public Optional<String> nameOf(long value) {
    return constants.entrySet().stream()
        .filter(constant -> constant.getValue() == value)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
