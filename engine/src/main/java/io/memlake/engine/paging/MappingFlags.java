package io.memlake.engine.paging;

/** What page tables say about a run of pages, as bits of one {@code int} of 8 bits. */
public final class MappingFlags {
  /** The page may be written through this mapping. */
  public static final int WRITABLE = 1;

  /** No level forbids execution. */
  public static final int EXECUTABLE = 1 << 1;

  /** User code may use the mapping. */
  public static final int USER = 1 << 2;

  /** Part of a large page. */
  public static final int LARGE = 1 << 3;

  /** Not valid: the frame is on the standby or modified list, or the page in a page file. */
  public static final int NOT_VALID = 1 << 4;

  /** Reached through a prototype entry, so the page belongs to a section. */
  public static final int PROTOTYPE = 1 << 5;

  /** The evidence holds no such frame: device memory, a hole, or smear. */
  public static final int NOT_IN_EVIDENCE = 1 << 6;

  /**
   * The page belongs to this process alone. Page tables prove it for pages that are not valid and
   * have no prototype; for others a caller that knows the address descriptors may set it.
   */
  public static final int PRIVATE = 1 << 7;

  /** All flags. */
  static final int ALL = 0xFF;

  /** Execute, read and write of a Windows protection value, by its low three bits. */
  private static final int[] OF_PROTECTION = {
    0, 0, EXECUTABLE, EXECUTABLE, WRITABLE, WRITABLE, EXECUTABLE | WRITABLE, EXECUTABLE | WRITABLE
  };

  private MappingFlags() {}

  /** {@link #WRITABLE} and {@link #EXECUTABLE} as a Windows protection value (0 to 31) has them. */
  public static int ofProtection(int protection) {
    return OF_PROTECTION[protection & 7];
  }

  /** The rights as an examiner reads them, for instance {@code urw-} or {@code kr-x}. */
  public static String rights(int flags) {
    return ((flags & USER) != 0 ? "u" : "k")
        + "r"
        + ((flags & WRITABLE) != 0 ? "w" : "-")
        + ((flags & EXECUTABLE) != 0 ? "x" : "-");
  }
}
