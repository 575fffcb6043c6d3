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

  /** File objects from Windows 8 on. */
  public static final PoolTag FILE = new PoolTag("File", 0x100);

  /** File objects up to Windows 7. */
  public static final PoolTag FILE_PROTECTED = new PoolTag("Fil\u00e5", 0x100);

  /** Driver objects from Windows 8 on. */
  public static final PoolTag DRIVER = new PoolTag("Driv", 0x160);

  /** Driver objects up to Windows 7. */
  public static final PoolTag DRIVER_PROTECTED = new PoolTag("Dri\u00f6", 0x160);

  /** Symbolic links of the object manager from Windows 8 on. */
  public static final PoolTag SYMBOLIC_LINK = new PoolTag("Symb", 0x60);

  /** Symbolic links up to Windows 7. */
  public static final PoolTag SYMBOLIC_LINK_PROTECTED = new PoolTag("Sym\u00e2", 0x60);

  /** Mutants from Windows 8 on. */
  public static final PoolTag MUTANT = new PoolTag("Muta", 0x70);

  /** Mutants up to Windows 7. */
  public static final PoolTag MUTANT_PROTECTED = new PoolTag("Mut\u00e1", 0x70);

  /** Jobs from Windows 8 on. */
  public static final PoolTag JOB = new PoolTag("Job ", 0x200);

  /** Jobs up to Windows 7. */
  public static final PoolTag JOB_PROTECTED = new PoolTag("Job\u00a0", 0x200);

  /** Window stations from Windows 8 on. */
  public static final PoolTag WINDOW_STATION = new PoolTag("Wind", 0xB0);

  /** Window stations up to Windows 7. */
  public static final PoolTag WINDOW_STATION_PROTECTED = new PoolTag("Win\u00e4", 0xB0);

  /** Desktops from Windows 8 on. */
  public static final PoolTag DESKTOP = new PoolTag("Desk", 0xB0);

  /** Desktops up to Windows 7. */
  public static final PoolTag DESKTOP_PROTECTED = new PoolTag("Des\u00eb", 0xB0);

  /** TCP connections: {@code _TCP_ENDPOINT}. */
  public static final PoolTag TCP_ENDPOINT = new PoolTag("TcpE", 0x200);

  /** TCP connections since Windows Server 2022. */
  public static final PoolTag TCP_CONTROL_BLOCK = new PoolTag("TTcb", 0x200);

  /** TCP connections that wait for late segments. */
  public static final PoolTag TCP_TIME_WAIT = new PoolTag("TcTW", 0xE0);

  /** TCP listeners. */
  public static final PoolTag TCP_LISTENER = new PoolTag("TcpL", 0x70);

  /** UDP endpoints. */
  public static final PoolTag UDP_ENDPOINT = new PoolTag("UdpA", 0x80);

  /** Notify routines of processes, threads and images. */
  public static final PoolTag NOTIFY_ROUTINE = new PoolTag("Cbrb", 0x28);

  /** Drivers that file systems report to. */
  public static final PoolTag FILE_SYSTEM_CHANGE = new PoolTag("IoFs", 0x30);

  /** Devices that hear of a shutdown. */
  public static final PoolTag SHUTDOWN_PACKET = new PoolTag("IoSh", 0x28);

  /** Debug print routines. */
  public static final PoolTag DEBUG_PRINT = new PoolTag("DbCb", 0x28);

  /** Plug and play: changes of the hardware profile. */
  public static final PoolTag PNP_PROFILE = new PoolTag("Pnp9", 0x40);

  /** Plug and play: changes of a device interface. */
  public static final PoolTag PNP_INTERFACE = new PoolTag("PnpC", 0x48);

  /** Plug and play: changes of a target device. */
  public static final PoolTag PNP_TARGET = new PoolTag("PnpD", 0x50);

  /** Data on the clipboard, and the list of its formats. */
  public static final PoolTag CLIPBOARD = new PoolTag("Uscb", 0x28);

  /** Keys of BitLocker up to Windows 7. */
  public static final PoolTag VOLUME_KEY_OLD = new PoolTag("FVEc", 0xC0);

  /** Keys of BitLocker in Windows 8 and 8.1. */
  public static final PoolTag VOLUME_KEY_CNG = new PoolTag("Cngb", 0xC0);

  /** Keys of BitLocker since Windows 10 1607, among others without a tag of their own. */
  public static final PoolTag VOLUME_KEY_NONE = new PoolTag("None", 0xC0);

  /** Keys of BitLocker in later Windows 10. */
  public static final PoolTag VOLUME_KEY_DRIVER = new PoolTag("dFVE", 0xC0);

  /** All of them. */
  public static final List<PoolTag> ALL =
      List.of(
          PROCESS,
          PROCESS_PROTECTED,
          THREAD,
          THREAD_PROTECTED,
          KERNEL_MODULE,
          HIVE,
          FILE,
          FILE_PROTECTED,
          DRIVER,
          DRIVER_PROTECTED,
          SYMBOLIC_LINK,
          SYMBOLIC_LINK_PROTECTED,
          MUTANT,
          MUTANT_PROTECTED,
          JOB,
          JOB_PROTECTED,
          WINDOW_STATION,
          WINDOW_STATION_PROTECTED,
          DESKTOP,
          DESKTOP_PROTECTED,
          TCP_ENDPOINT,
          TCP_CONTROL_BLOCK,
          TCP_TIME_WAIT,
          TCP_LISTENER,
          UDP_ENDPOINT,
          NOTIFY_ROUTINE,
          FILE_SYSTEM_CHANGE,
          SHUTDOWN_PACKET,
          DEBUG_PRINT,
          PNP_PROFILE,
          PNP_INTERFACE,
          PNP_TARGET,
          CLIPBOARD,
          VOLUME_KEY_OLD,
          VOLUME_KEY_CNG,
          VOLUME_KEY_NONE,
          VOLUME_KEY_DRIVER);

  private PoolTags() {}
}
