package io.memlake.engine.objects.registry;

import java.io.IOException;

/** Takes the keys and values of a walk: a key, its values, then its subkeys. */
public interface HiveVisitor {

  /**
   * A key.
   *
   * @param path names below the root, separated by backslashes; empty for the root
   */
  void key(String path, KeyNode key) throws IOException;

  /** A value of the key that was given last. */
  void value(String path, KeyNode key, ValueNode value) throws IOException;

  /** Something at or below {@code path} that could not be read. */
  void gap(String path, HiveGap gap) throws IOException;
}
