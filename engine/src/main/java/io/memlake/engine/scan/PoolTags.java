package io.memlake.engine.scan;

import java.util.List;

/** The pool tags of the objects that the engine looks for. */
public final class PoolTags {
  /** Process objects from Windows 8 on. */
  public static final PoolTag PROCESS = new PoolTag("Proc", 0x300);

  /** Process objects up to Windows 7, where the tag is protected. */
  public static final PoolTag PROCESS_PROTECTED = new PoolTag("Pro\u00e3", 0x300);

  /** Thread objects from Windows 8 on. */
  public static final PoolTag THREAD = new PoolTag("Thre", 0x280);

  /** Thread objects up to Windows 7. */
  public static final PoolTag THREAD_PROTECTED = new PoolTag("Thr\u00e5", 0x280);

  /** Loader entries of kernel modules: {@code _KLDR_DATA_TABLE_ENTRY}. */
  public static final PoolTag KERNEL_MODULE = new PoolTag("MmLd", 0x60);

  /** Registry hives where their structure is smaller than a page: {@code _CMHIVE}. */
  public static final PoolTag HIVE = new PoolTag("CM10", 0x800);

  /** All of them. */
  public static final List<PoolTag> ALL =
      List.of(PROCESS, PROCESS_PROTECTED, THREAD, THREAD_PROTECTED, KERNEL_MODULE, HIVE);

  private PoolTags() {}
}
