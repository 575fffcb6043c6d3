package io.memlake.engine.image.minidump;

import java.io.Serializable;

/**
 * A range of the address space as {@code VirtualQuery} gave it.
 *
 * @param base first address
 * @param size bytes
 * @param state {@code MEM_COMMIT} and its kin; 0 when only the stored bytes tell of the range
 * @param protection {@code PAGE_READWRITE} and its kin
 * @param allocationProtection protection at first
 * @param type {@code MEM_PRIVATE}, {@code MEM_MAPPED} or {@code MEM_IMAGE}
 * @param recordOffset where in the file it is listed
 */
public record DumpRegion(
    long base,
    long size,
    int state,
    int protection,
    int allocationProtection,
    int type,
    long recordOffset)
    implements Serializable {
  /** State of a range that has memory. */
  public static final int COMMITTED = 0x1000;

  /** State of a range that is not in use. */
  public static final int FREE = 0x10000;
}
