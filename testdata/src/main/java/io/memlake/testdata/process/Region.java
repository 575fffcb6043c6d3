package io.memlake.testdata.process;

/**
 * A memory region of a process, before it becomes a VAD node.
 *
 * @param start first address
 * @param end last address
 * @param protection of its pages
 * @param commitCharge committed pages
 * @param privateMemory whether it belongs to the process alone
 * @param image whether it is a view of an image file
 * @param file path of the mapped file on the volume; empty for none
 * @param subsection address of the {@code _SUBSECTION} behind it; 0 for private memory
 * @param prototypePtes address of the first prototype entry; 0 for private memory
 */
record Region(
    long start,
    long end,
    Protection protection,
    long commitCharge,
    boolean privateMemory,
    boolean image,
    String file,
    long subsection,
    long prototypePtes) {

  private static final int PAGE = 0x1000;

  static Region ofPrivate(long start, long size, Protection protection, long commitCharge) {
    return new Region(start, start + size - 1, protection, commitCharge, true, false, "", 0, 0);
  }

  /** Address of the last prototype entry. */
  long lastPrototypePte() {
    return prototypePtes + (end - start) / PAGE * Long.BYTES;
  }
}
