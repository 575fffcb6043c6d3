package io.memlake.testdata.layout;

import java.util.Map;
import java.util.TreeMap;

/** The size and the fields of one structure of one kernel. Paths of nested fields are dotted. */
public final class StructLayout {

  private final String name;
  private final int size;
  private final Map<String, FieldLayout> fields;

  StructLayout(String name, int size, Map<String, FieldLayout> fields) {
    this.name = name;
    this.size = size;
    this.fields = new TreeMap<>(fields);
  }

  /** The name in the symbol file, with its underscore. */
  public String name() {
    return name;
  }

  /** Bytes of the structure. */
  public int size() {
    return size;
  }

  /** Whether this kernel has the field. */
  public boolean has(String path) {
    return fields.containsKey(path);
  }

  /**
   * The field at a dotted path.
   *
   * @throws IllegalArgumentException when this kernel has no such field
   */
  public FieldLayout field(String path) {
    FieldLayout field = fields.get(path);
    if (field == null) {
      throw new IllegalArgumentException("No field " + name + "." + path + " in this kernel");
    }
    return field;
  }

  /** Bytes from the start of the structure to the field. */
  public int offset(String path) {
    return field(path).offset();
  }

  /** The first of the given paths that this kernel has: names change between versions. */
  public String firstOf(String... paths) {
    for (String path : paths) {
      if (has(path)) {
        return path;
      }
    }
    throw new IllegalArgumentException(
        "None of " + String.join(", ", paths) + " in " + name + " of this kernel");
  }

  Map<String, FieldLayout> fields() {
    return fields;
  }
}
