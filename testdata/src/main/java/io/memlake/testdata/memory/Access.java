package io.memlake.testdata.memory;

/**
 * What a mapped page allows, as the bits of a valid x64 page-table entry in Windows' use of them
 * (bit 9 copy on write, bit 11 writable in software, names of {@code _MMPTE_HARDWARE}).
 */
public enum Access {
  /** Kernel data: read, write, no execution. */
  KERNEL_READ_WRITE(Bits.NO_EXECUTE | 0x963),
  /** Kernel data that must not change. */
  KERNEL_READ_ONLY(Bits.NO_EXECUTE | 0x121),
  /** Kernel code and data in one large page, as the boot loader maps the kernel image. */
  KERNEL_LARGE(0x9E3),
  /** Private user data. */
  USER_READ_WRITE(Bits.NO_EXECUTE | 0x867),
  /** User data that must not change, such as an image header. */
  USER_READ_ONLY(Bits.NO_EXECUTE | 0x025),
  /** User code of an image. */
  USER_EXECUTE_READ(0x025),
  /** Private user memory that can be written and executed. */
  USER_EXECUTE_READ_WRITE(0x867),
  /** Image data not yet written by this process. */
  USER_WRITE_COPY(Bits.NO_EXECUTE | 0x225),
  /** A table of the page-table tree for kernel addresses. */
  KERNEL_TABLE(0x863),
  /** A table of the page-table tree for user addresses. */
  USER_TABLE(0x867);

  private final long bits;

  Access(long bits) {
    this.bits = bits;
  }

  /** The entry for a frame. */
  public long entry(long pfn) {
    return bits | pfn << 12;
  }

  private static final class Bits {
    private static final long NO_EXECUTE = 1L << 63;
  }
}
