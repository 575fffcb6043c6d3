package io.memlake.engine.image.elfcore;

/**
 * A program header.
 *
 * @param type {@code PT_LOAD} or {@code PT_NOTE}; others are not looked at
 * @param fileOffset of the bytes
 * @param virtualAddress of the first byte
 * @param physicalAddress of the first byte
 * @param fileSize bytes in the file
 * @param memorySize bytes in memory
 * @param definedAt where the header is in the file
 */
record ElfSegment(
    int type,
    long fileOffset,
    long virtualAddress,
    long physicalAddress,
    long fileSize,
    long memorySize,
    long definedAt) {
  private static final int PT_LOAD = 1;
  private static final int PT_NOTE = 4;

  boolean isLoad() {
    return type == PT_LOAD;
  }

  boolean isNote() {
    return type == PT_NOTE;
  }
}
