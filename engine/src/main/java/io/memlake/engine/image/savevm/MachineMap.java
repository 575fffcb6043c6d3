package io.memlake.engine.image.savevm;

/**
 * Where the RAM of a machine type lies: up to a hole below 4 GiB, the rest from 4 GiB on.
 *
 * @param known whether the machine type is one whose hole is known
 * @param low bytes below the hole
 */
record MachineMap(boolean known, long low) {
  private static final long FOUR_GIB = 1L << 32;

  /** The map of a machine type with {@code ram} bytes. */
  static MachineMap of(String machine, long ram) {
    if (machine.startsWith("pc-q35") || machine.equals("q35")) {
      return new MachineMap(true, ram >= 0xB000_0000L ? 0x8000_0000L : 0xB000_0000L);
    }
    if (machine.startsWith("pc-") || machine.equals("pc")) {
      return new MachineMap(true, ram >= 0xE000_0000L ? 0xC000_0000L : 0xE000_0000L);
    }
    return new MachineMap(false, Long.MAX_VALUE);
  }

  long physical(long offset) {
    return offset < low ? offset : offset - low + FOUR_GIB;
  }
}
