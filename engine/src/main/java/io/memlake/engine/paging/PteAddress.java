package io.memlake.engine.paging;

/** How an entry that is not valid stores the address of another structure. */
public enum PteAddress {
  /** x64: bits 16 to 63 are the low 48 bits of a kernel address. */
  X64 {
    @Override
    long of(long entry) {
      return entry >> 16;
    }

    @Override
    boolean isLookup(long entry) {
      return entry >>> 32 == 0xFFFF_FFFFL;
    }
  },
  /** PAE: the upper half is the address. */
  PAE {
    @Override
    long of(long entry) {
      return entry >>> 32;
    }

    @Override
    boolean isLookup(long entry) {
      return entry >>> 32 == 0xFFFF_FFFFL;
    }
  },
  /** 32 bits, Vista and later: bits 11 to 31 are address bits 10 to 30, bits 1 to 8 are 2 to 9. */
  X86 {
    @Override
    long of(long entry) {
      return 0x8000_0000L | ((entry >>> 1) & 0x7FFF_FC00L) | ((entry << 1) & 0x3FC);
    }

    @Override
    boolean isLookup(long entry) {
      return (entry & 0xFFFF_F000L) == 0xFFFF_F000L;
    }
  },
  /**
   * 32 bits, up to Server 2003: bits 11 to 31 and bits 1 to 7 are an offset in units of 4 bytes
   * from the start of the paged pool, which those systems keep at a fixed address.
   */
  X86_FROM_PAGED_POOL {
    @Override
    long of(long entry) {
      long offset = ((entry & 0xFFFF_F800L) >>> 2) | ((entry & 0xFE) << 1);
      return (PAGED_POOL_START + offset) & 0xFFFF_FFFFL;
    }

    @Override
    boolean isLookup(long entry) {
      return (entry & 0xFFFF_F000L) == 0xFFFF_F000L;
    }
  },
  /** 32 bits, a subsection: bits 11 to 30 are address bits 12 to 31, bits 1 to 9 are 3 to 11. */
  X86_SUBSECTION {
    @Override
    long of(long entry) {
      return ((entry & 0x7FFF_F800L) << 1) | ((entry & 0x3FE) << 2);
    }

    @Override
    boolean isLookup(long entry) {
      return false;
    }
  },
  /** A form that is not known; every address is 0. */
  UNDECODED {
    @Override
    long of(long entry) {
      return 0;
    }

    @Override
    boolean isLookup(long entry) {
      return false;
    }
  };

  private static final long PAGED_POOL_START = 0xE100_0000L;

  /** The address in {@code entry}, sign-extended on x64. */
  abstract long of(long entry);

  /** Whether the bits are all ones, which stands for "ask the address descriptor". */
  abstract boolean isLookup(long entry);
}
