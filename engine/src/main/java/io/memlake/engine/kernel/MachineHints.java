package io.memlake.engine.kernel;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.ImageHints;
import java.util.Map;
import java.util.TreeMap;

/** What was learnt about a machine, as facts for the header of another container. */
public final class MachineHints {
  private static final int AMD64 = 0x8664;

  private MachineHints() {}

  /**
   * What the container's own header says, and behind it what the search in the memory found: a RAM
   * image has no header, and a reader of crash dumps translates no address without a table base.
   *
   * @param machine any description; one without page tables adds nothing, and so does one of a
   *     32-bit system, for which no header is written
   */
  public static ImageHints of(MachineDescription machine) {
    ImageHints header = machine.image().hints();
    if (machine.dtb() == 0 || machine.pointerSize() != Long.BYTES) {
      return header;
    }
    TreeMap<String, String> facts = new TreeMap<>(header.values());
    putAddress(facts, ImageHints.DTB, machine.dtb());
    putAddress(facts, ImageHints.KDBG, machine.debuggerData());
    putAddress(facts, ImageHints.PS_LOADED_MODULE_LIST, machine.loadedModuleList());
    putAddress(facts, ImageHints.PS_ACTIVE_PROCESS_HEAD, machine.activeProcessHead());
    facts.putIfAbsent(ImageHints.MACHINE, Integer.toString(AMD64));
    if (machine.version().build() > 0) {
      facts.putIfAbsent(ImageHints.BUILD, Integer.toString(machine.version().build()));
    }
    return ImageHints.of(facts);
  }

  private static void putAddress(Map<String, String> facts, String name, long address) {
    if (address != 0) {
      facts.putIfAbsent(name, Hex.address(address));
    }
  }
}
