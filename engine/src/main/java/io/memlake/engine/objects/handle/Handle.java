package io.memlake.engine.objects.handle;

/**
 * One open handle.
 *
 * @param value the number that the process uses
 * @param target kernel address that the entry holds: an object header in tables of processes, an
 *     object in the table of process and thread ids
 * @param grantedAccess the rights that were given with it, as the entry keeps them: up to Windows 7
 *     bit 25 among them says that closing is refused
 * @param attributes {@code OBJ_PROTECT_CLOSE} 1, {@code OBJ_INHERIT} 2, {@code
 *     OBJ_AUDIT_OBJECT_CLOSE} 4
 */
public record Handle(long value, long target, long grantedAccess, int attributes) {
  private static final int PROTECT_FROM_CLOSE = 1;
  private static final int INHERIT = 2;

  /** Whether closing it is refused. */
  public boolean protectedFromClose() {
    return (attributes & PROTECT_FROM_CLOSE) != 0;
  }

  /** Whether child processes receive it. */
  public boolean inherited() {
    return (attributes & INHERIT) != 0;
  }
}
