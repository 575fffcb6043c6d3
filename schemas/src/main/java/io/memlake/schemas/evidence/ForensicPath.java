package io.memlake.schemas.evidence;

/**
 * Spells the column {@code forensic_path}: a text that leads back to the bytes a row rests on.
 * Addresses are {@code 0x} and lower-case hex digits without leading zeros.
 */
public final class ForensicPath {
  private ForensicPath() {}

  /** A physical address: {@code phys:0x1a2b3000}. */
  public static String physical(long physicalAddress) {
    return "phys:" + hex(physicalAddress);
  }

  /** A virtual address of a process: {@code pid:4312:va:0x7ff612340000}. */
  public static String process(int pid, long virtualAddress) {
    return "pid:" + Integer.toUnsignedString(pid) + ":va:" + hex(virtualAddress);
  }

  /** A virtual address of the kernel: {@code kernel:va:0xfffff8047ba00000}. */
  public static String kernel(long virtualAddress) {
    return "kernel:va:" + hex(virtualAddress);
  }

  /** A position in a page file: {@code pagefile0:0x77000}. */
  public static String pageFile(int number, long offset) {
    return "pagefile" + number + ":" + hex(offset);
  }

  /** A page of the compressed store by its key: {@code store:0x1f3c}. */
  public static String store(long key) {
    return "store:" + hex(key);
  }

  /** A position in the evidence file itself, for instance in its header: {@code file:0x2000}. */
  public static String file(long offset) {
    return "file:" + hex(offset);
  }

  private static String hex(long address) {
    return "0x" + Long.toHexString(address);
  }
}
