package io.memlake.engine.objects.vad;

/**
 * The five bits of protection in descriptors and in page-table entries that are not valid: three of
 * access, two of modifiers. {@code MmProtectToValue} of every kernel turns them into the {@code
 * PAGE_} flags of the Windows API in this way.
 */
public final class VadProtection {
  private static final int ACCESS = 7;
  private static final int MODIFIER_SHIFT = 3;
  private static final int EXECUTABLE_ACCESS = 2;
  private static final int WRITABLE_ACCESS = 4;

  private static final String[] ACCESSES = {
    "PAGE_NOACCESS",
    "PAGE_READONLY",
    "PAGE_EXECUTE",
    "PAGE_EXECUTE_READ",
    "PAGE_READWRITE",
    "PAGE_WRITECOPY",
    "PAGE_EXECUTE_READWRITE",
    "PAGE_EXECUTE_WRITECOPY"
  };

  private static final String[] MODIFIERS = {
    "", "|PAGE_NOCACHE", "|PAGE_GUARD", "|PAGE_WRITECOMBINE"
  };

  private VadProtection() {}

  /** The name, such as {@code PAGE_READWRITE} or {@code PAGE_READWRITE|PAGE_GUARD}. */
  public static String name(int protection) {
    int access = protection & ACCESS;
    // No access with any modifier is the same as no access.
    return access == 0
        ? ACCESSES[0]
        : ACCESSES[access] + MODIFIERS[(protection >>> MODIFIER_SHIFT) & (MODIFIERS.length - 1)];
  }

  /** Whether code may run there. */
  public static boolean isExecutable(int protection) {
    return (protection & EXECUTABLE_ACCESS) != 0;
  }

  /** Whether programs may write there, be it into a copy of their own. */
  public static boolean isWritable(int protection) {
    return (protection & WRITABLE_ACCESS) != 0;
  }
}
