package io.memlake.engine.image.vmware;

import java.util.List;

/**
 * A tag of a state file.
 *
 * @param group that it is in
 * @param name of the tag
 * @param indices that follow the name
 * @param offset of its data in the file
 * @param length of its data
 * @param compressed whether the data is packed
 */
record StateTag(
    String group,
    String name,
    List<Integer> indices,
    long offset,
    long length,
    boolean compressed) {

  boolean is(String wantedGroup, String wantedName) {
    return group.equals(wantedGroup) && name.equals(wantedName);
  }

  /** The first index, or 0. */
  int index() {
    return indices.isEmpty() ? 0 : indices.get(0);
  }
}
