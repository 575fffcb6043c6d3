package io.memlake.testdata.objects;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Struct;
import java.util.HashMap;
import java.util.Map;

/**
 * Open registry keys: key bodies over a tree of key control blocks, each with the name of one path
 * step.
 */
public final class RegistryKeys {

  private static final int KEY_BODY_SIGNATURE = 0x6B793032;

  private final Boot boot;
  private final Map<String, Long> controlBlocks = new HashMap<>();

  /** No key is open yet. */
  public RegistryKeys(Boot boot) {
    this.boot = boot;
  }

  /**
   * Opens a key.
   *
   * @param path absolute path, such as \REGISTRY\MACHINE\SOFTWARE
   */
  public KernelObject open(String path) {
    int size = boot.struct("_CM_KEY_BODY").size();
    KernelObject object =
        boot.objects().create(new ObjectRequest("Key", size).quota().counts(2, 1));
    boot.objects()
        .view(object, "_CM_KEY_BODY")
        .set("Type", KEY_BODY_SIGNATURE)
        .set("KeyControlBlock", controlBlock(path));
    return object;
  }

  private long controlBlock(String path) {
    Long known = controlBlocks.get(path);
    if (known != null) {
      return known;
    }
    int last = path.lastIndexOf('\\');
    long parent = last == 0 ? 0 : controlBlock(path.substring(0, last));
    StructLayout layout = boot.struct("_CM_KEY_CONTROL_BLOCK");
    long address = boot.pool().allocate(PoolKind.PAGED, "CmKb", layout.size());
    new Struct(boot.space(), address, layout)
        .set("ParentKcb", parent)
        .set("NameBlock", nameBlock(path.substring(last + 1)));
    controlBlocks.put(path, address);
    return address;
  }

  private long nameBlock(String name) {
    StructLayout layout = boot.struct("_CM_NAME_CONTROL_BLOCK");
    long address =
        boot.pool().allocate(PoolKind.PAGED, "CmNb", layout.offset("Name") + name.length());
    new Struct(boot.space(), address, layout).set("NameLength", name.length()).set("Compressed", 1);
    boot.space().writeAscii(address + layout.offset("Name"), name);
    return address;
  }
}
