package io.memlake.testdata.machine;

import java.util.List;

/**
 * A kernel module that shall be loaded.
 *
 * @param name base name
 * @param path full path as the loader writes it
 * @param size bytes of the image in memory
 */
record KernelModuleSpec(String name, String path, int size) {

  /** The modules behind the kernel that every machine has, in load order. */
  static List<KernelModuleSpec> usual() {
    return List.of(
        new KernelModuleSpec("hal.dll", "\\SystemRoot\\system32\\hal.dll", 0xA3000),
        new KernelModuleSpec("kdcom.dll", "\\SystemRoot\\system32\\kd.dll", 0xB000),
        library("PSHED.dll", 0x1A000),
        library("BOOTVID.dll", 0xB000),
        driver("CLFS.SYS", 0x6A000),
        driver("FLTMGR.SYS", 0x72000),
        driver("ksecdd.sys", 0x29000),
        driver("Wdf01000.sys", 0xD1000),
        driver("ACPI.sys", 0xCC000),
        driver("pci.sys", 0x70000),
        driver("volmgr.sys", 0x1A000),
        driver("disk.sys", 0x1D000),
        driver("Ntfs.sys", 0x2D9000),
        driver("ndis.sys", 0x16F000),
        driver("NETIO.SYS", 0x98000),
        driver("tcpip.sys", 0x2ED000),
        driver("afd.sys", 0xA6000),
        driver("srv2.sys", 0xC9000));
  }

  private static KernelModuleSpec library(String name, int size) {
    return new KernelModuleSpec(name, "\\SystemRoot\\system32\\" + name, size);
  }

  private static KernelModuleSpec driver(String name, int size) {
    return new KernelModuleSpec(name, "\\SystemRoot\\System32\\drivers\\" + name, size);
  }
}
