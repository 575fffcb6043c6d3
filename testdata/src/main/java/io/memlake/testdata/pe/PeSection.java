package io.memlake.testdata.pe;

/**
 * One section of an image.
 *
 * @param name at most 8 characters
 * @param rva where it starts, relative to the image base; a multiple of 4096
 * @param size bytes in memory
 * @param flags characteristics as in the section header
 */
public record PeSection(String name, int rva, int size, int flags) {

  /** Code that can be executed and read. */
  public static final int CODE = 0x60000020;

  /** Constant data. */
  public static final int READ_ONLY = 0x40000040;

  /** Data that can be written. */
  public static final int DATA = 0xC0000040;

  /** Code that the system throws away after start. */
  public static final int DISCARDABLE_CODE = 0x62000020;
}
