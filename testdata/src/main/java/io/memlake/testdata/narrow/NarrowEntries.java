package io.memlake.testdata.narrow;

/** How a 32-bit kernel writes page-table entries that are not valid. */
enum NarrowEntries {
  /** Without PAE, Windows XP: 4 bytes, prototype entries are told from the start of paged pool. */
  PLAIN,
  /** With PAE, before the August 2018 updates: number in bits 1 to 4. */
  PAE_OLD,
  /** With PAE, since then: number in bits 12 to 15, and bit 4 says that no bits are inverted. */
  PAE_NEW;

  /** Start of paged pool without PAE. */
  static final long PAGED_POOL = 0xE100_0000L;

  /** Value of {@code InvalidPteMask} of the new form. */
  static final long MASK = 1L << 35;

  private static final long READ_WRITE = 4L << 5;
  private static final long PROTOTYPE = 1 << 10;
  private static final long TRANSITION = 1 << 11;
  private static final long SWIZZLE = 1 << 4;

  long pageFile(int number, long slot) {
    return switch (this) {
      case PLAIN -> (slot << 12) | ((long) number << 1) | READ_WRITE;
      case PAE_OLD -> (slot << 32) | ((long) number << 1) | READ_WRITE;
      case PAE_NEW -> stored((slot << 32) | ((long) number << 12) | READ_WRITE, slot);
    };
  }

  long transition(long pfn) {
    long entry = (pfn << 12) | TRANSITION | READ_WRITE;
    return this == PAE_NEW ? stored(entry, pfn) : entry;
  }

  long demandZero() {
    return READ_WRITE;
  }

  long prototype(long address) {
    if (this == PLAIN) {
      long offset = address - PAGED_POOL;
      return ((offset & 0x1FE) >>> 1) | ((offset >>> 9) << 11) | PROTOTYPE;
    }
    long entry = (address << 32) | PROTOTYPE;
    return this == PAE_NEW ? stored(entry, 0) : entry;
  }

  /** Every second entry has its bits inverted, as if the memory manager had wanted it so. */
  private static long stored(long entry, long choice) {
    return (choice & 1) == 0 ? entry | SWIZZLE : entry ^ MASK;
  }
}
