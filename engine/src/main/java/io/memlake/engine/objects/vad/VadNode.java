package io.memlake.engine.objects.vad;

/**
 * One range of the user half of a process.
 *
 * @param address kernel address of the {@code _MMVAD_SHORT} or {@code _MMVAD}
 * @param parent kernel address of the node above, 0 at the root
 * @param tag pool tag of the node, such as {@code VadS}; empty when the bytes before it are absent
 * @param start first address
 * @param end last address, the last byte of a page
 * @param type what kind of range it is
 * @param protection the first protection of the range, see {@link VadProtection}; single pages may
 *     have another
 * @param privateMemory whether it belongs to this process alone
 * @param memCommit whether all of it was committed at once, so that untouched pages are zeros
 * @param commitCharge pages charged to the process
 * @param subsection kernel address of the {@code _SUBSECTION} where a view begins, 0 for none
 * @param firstPrototypePte kernel address of the prototype entry of the first page, 0 for none
 * @param lastContiguousPte kernel address up to which the prototype entries follow each other
 */
public record VadNode(
    long address,
    long parent,
    String tag,
    long start,
    long end,
    VadType type,
    int protection,
    boolean privateMemory,
    boolean memCommit,
    long commitCharge,
    long subsection,
    long firstPrototypePte,
    long lastContiguousPte) {

  /** Bytes of the range. */
  public long size() {
    return end - start + 1;
  }

  /** Whether the range holds the address. */
  public boolean contains(long virtualAddress) {
    return Long.compareUnsigned(virtualAddress, start) >= 0
        && Long.compareUnsigned(virtualAddress, end) <= 0;
  }

  /** Whether prototype entries describe its pages. */
  public boolean hasPrototypes() {
    return firstPrototypePte != 0;
  }

  /** The first protection by its Windows name. */
  public String protectionName() {
    return VadProtection.name(protection);
  }
}
