package io.memlake.testdata.memory;

import java.util.List;

/** Doubly linked lists as the kernel and the loader keep them: a ring through a list head. */
public final class LinkedLists {

  private LinkedLists() {}

  /**
   * Links entries into a ring.
   *
   * @param space where head and entries lie
   * @param head address of the head's links
   * @param entries addresses of the entries' links, in list order
   * @param linkSize bytes of one pointer: 8, or 4 for 32-bit processes
   */
  public static void link(AddressSpace space, long head, List<Long> entries, int linkSize) {
    long previous = head;
    for (long entry : entries) {
      space.writeNumber(previous, linkSize, entry);
      space.writeNumber(entry + linkSize, linkSize, previous);
      previous = entry;
    }
    space.writeNumber(previous, linkSize, head);
    space.writeNumber(head + linkSize, linkSize, previous);
  }

  /** Links entries of 64-bit structures into a ring. */
  public static void link(AddressSpace space, long head, List<Long> entries) {
    link(space, head, entries, Long.BYTES);
  }
}
