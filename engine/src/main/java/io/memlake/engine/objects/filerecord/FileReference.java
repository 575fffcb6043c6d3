package io.memlake.engine.objects.filerecord;

/**
 * Names a record of the master file table: its number, and how often the record had been used.
 *
 * @param number of the record, 48 bits
 * @param sequence counted up when the record is freed, 16 bits
 */
public record FileReference(long number, int sequence) {
  private static final long NUMBER_MASK = 0xFFFF_FFFF_FFFFL;
  private static final int NUMBER_BITS = 48;

  /** Takes a stored reference apart. */
  public static FileReference of(long stored) {
    return new FileReference(stored & NUMBER_MASK, (int) (stored >>> NUMBER_BITS));
  }

  /** Whether it refers to nothing. */
  public boolean isNone() {
    return number == 0 && sequence == 0;
  }

  @Override
  public String toString() {
    return number + "-" + sequence;
  }
}
