package io.memlake.testdata.process;

import io.memlake.testdata.memory.Access;

/** Protections of memory regions; the number is the index into {@code MmProtectToValue}. */
public enum Protection {
  /** PAGE_READONLY. */
  READ_ONLY(1, Access.USER_READ_ONLY),
  /** PAGE_EXECUTE_READ. */
  EXECUTE_READ(3, Access.USER_EXECUTE_READ),
  /** PAGE_READWRITE. */
  READ_WRITE(4, Access.USER_READ_WRITE),
  /** PAGE_EXECUTE_READWRITE. */
  EXECUTE_READ_WRITE(6, Access.USER_EXECUTE_READ_WRITE),
  /** PAGE_EXECUTE_WRITECOPY: what image regions have. */
  EXECUTE_WRITE_COPY(7, Access.USER_EXECUTE_READ);

  private final int index;
  private final Access access;

  Protection(int index, Access access) {
    this.index = index;
    this.access = access;
  }

  /** Index into {@code MmProtectToValue}. */
  public int index() {
    return index;
  }

  Access access() {
    return access;
  }
}
