package io.memlake.engine.image.hyperv;

/**
 * A value of the store.
 *
 * @param name last part of its path
 * @param parent name of the node that holds it; empty under the root
 * @param type kind of the value
 * @param offset of the value's first byte in the file, behind its length
 * @param length of the value in bytes
 */
record StoreKey(String name, String parent, int type, long offset, long length) {
  static final int SIGNED = 3;
  static final int ARRAY = 7;
}
