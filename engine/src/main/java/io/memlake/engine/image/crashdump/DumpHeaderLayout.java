package io.memlake.engine.image.crashdump;

/**
 * Where the fields of a dump header are. Signature, versions and {@code DirectoryTableBase} are at
 * the same offsets in both.
 *
 * @param wide whether pointers have 64 bits
 * @param size of the header in bytes; the data, or the next header, follows
 * @param maxRuns how many runs the descriptor has room for
 */
record DumpHeaderLayout(
    boolean wide,
    int size,
    int pfnDatabase,
    int psLoadedModuleList,
    int psActiveProcessHead,
    int machine,
    int processors,
    int bugCheck,
    int kdDebuggerDataBlock,
    int descriptor,
    int maxRuns,
    int dumpType,
    int systemTime,
    int systemUpTime,
    int comment) {

  /** {@code DUMP_HEADER64}: {@code PAGEDU64}. */
  static final DumpHeaderLayout WIDE =
      new DumpHeaderLayout(
          true,
          0x2000,
          0x18,
          0x20,
          0x28,
          0x30,
          0x34,
          0x38,
          0x80,
          0x88,
          (700 - 16) / 16,
          0xF98,
          0xFA8,
          0x1030,
          0xFB0);

  /** {@code DUMP_HEADER32}: {@code PAGEDUMP}. */
  static final DumpHeaderLayout NARROW =
      new DumpHeaderLayout(
          false,
          0x1000,
          0x14,
          0x18,
          0x1C,
          0x20,
          0x24,
          0x28,
          0x60,
          0x64,
          (700 - 8) / 8,
          0xF88,
          0xFC0,
          0xFB8,
          0x820);

  int pointerSize() {
    return wide ? 8 : 4;
  }
}
