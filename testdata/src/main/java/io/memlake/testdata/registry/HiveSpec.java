package io.memlake.testdata.registry;

import java.util.Set;

/**
 * A hive to be mounted.
 *
 * @param rootPath path of its root key, for instance \REGISTRY\MACHINE\SYSTEM
 * @param userName path by which it was loaded; empty for none
 * @param fullPath path of its file by device; empty for none
 * @param content its bytes
 * @param absentBlocks numbers of stable blocks that are mapped nowhere
 * @param listed whether it is in the kernel's list
 */
public record HiveSpec(
    String rootPath,
    String userName,
    String fullPath,
    HiveContent content,
    Set<Integer> absentBlocks,
    boolean listed) {

  /** Copies the set. */
  public HiveSpec {
    absentBlocks = Set.copyOf(absentBlocks);
  }

  /** A hive of the machine, from the folder of system hives. */
  public static HiveSpec machine(String name, HiveContent content) {
    return new HiveSpec(
        "\\REGISTRY\\MACHINE\\" + name,
        "\\SystemRoot\\System32\\Config\\" + name,
        "\\Device\\HarddiskVolume2\\Windows\\System32\\config\\" + name,
        content,
        Set.of(),
        true);
  }

  /** The hive of a user. */
  public static HiveSpec user(String sid, String account, HiveContent content) {
    String file = "\\Users\\" + account + "\\ntuser.dat";
    return new HiveSpec(
        "\\REGISTRY\\USER\\" + sid,
        "\\??\\C:" + file,
        "\\Device\\HarddiskVolume2" + file,
        content,
        Set.of(),
        true);
  }

  /** A hive that has no file. */
  public static HiveSpec withoutFile(String rootPath, HiveContent content) {
    return new HiveSpec(rootPath, "", "", content, Set.of(), true);
  }

  /** The same hive with some stable blocks mapped nowhere. */
  public HiveSpec without(Set<Integer> blocks) {
    return new HiveSpec(rootPath, userName, fullPath, content, blocks, listed);
  }

  /** The same hive, taken out of the kernel's list. */
  public HiveSpec unlisted() {
    return new HiveSpec(rootPath, userName, fullPath, content, absentBlocks, false);
  }
}
