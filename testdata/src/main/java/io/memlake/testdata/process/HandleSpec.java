package io.memlake.testdata.process;

/**
 * A handle that a process shall have.
 *
 * @param type object type, such as File, Key, Event, Mutant, Section, Process, Thread, Directory
 * @param target what it refers to: a path with drive letter for a file, an absolute key path, an
 *     object path, a process name; empty for an object without a name
 * @param access granted access mask
 */
public record HandleSpec(String type, String target, long access) {

  /** An open file. */
  public static HandleSpec file(String path) {
    return new HandleSpec("File", path, 0x120089);
  }

  /** An open registry key. */
  public static HandleSpec key(String path) {
    return new HandleSpec("Key", path, 0x20019);
  }

  /** A named object of a type with simple objects, such as Mutant, Event or Section. */
  public static HandleSpec named(String type, String path) {
    return new HandleSpec(type, path, 0x1F0001);
  }

  /** An object without a name. */
  public static HandleSpec unnamed(String type) {
    return new HandleSpec(type, "", 0x1F0003);
  }

  /** An open process, by its executable's name. */
  public static HandleSpec process(String name, long access) {
    return new HandleSpec("Process", name, access);
  }
}
