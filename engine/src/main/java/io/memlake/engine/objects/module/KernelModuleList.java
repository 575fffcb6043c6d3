package io.memlake.engine.objects.module;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's list of drivers, walked from {@code PsLoadedModuleList} in both directions.
 *
 * @param modules sound entries, in list order
 * @param breaks where the list is damaged
 * @param problems entries that could not be read or are none, in words
 */
public record KernelModuleList(
    List<KernelModule> modules, List<ListBreak> breaks, List<String> problems) {
  /** More drivers than any system loads. */
  private static final int MAXIMUM_MODULES = 8192;

  /** Largest driver that is believed: 1 GiB. */
  private static final long MAXIMUM_SIZE = 1L << 30;

  private static final long PAGE_MASK = 0xFFF;

  /** Copies the lists. */
  public KernelModuleList {
    modules = List.copyOf(modules);
    breaks = List.copyOf(breaks);
    problems = List.copyOf(problems);
  }

  /**
   * Walks the list of {@code machine}; an unknown head gives an empty list.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the entry
   * @throws IOException when the medium fails
   */
  public static KernelModuleList walk(Machine machine) throws IOException {
    long head = machine.description().loadedModuleList();
    if (head == 0) {
      return new KernelModuleList(List.of(), List.of(), List.of());
    }
    Layout layout = Layout.resolve(machine);
    AddressSpace space = machine.kernelSpace();
    ListWalk walk = ListWalk.of(space, head, space.pointerSize(), MAXIMUM_MODULES);
    List<KernelModule> modules = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    byte[] bytes = new byte[layout.size];
    for (ListMember member : walk.members()) {
      long entry = member.links() - layout.links;
      if (!space.read(entry, bytes, 0, bytes.length)) {
        problems.add("entry " + Hex.address(entry) + " is not in the image");
        continue;
      }
      Optional<KernelModule> module = layout.module(space, entry, bytes);
      if (module.isPresent()) {
        modules.add(module.get());
      } else {
        problems.add("entry " + Hex.address(entry) + " describes no driver");
      }
    }
    return new KernelModuleList(modules, walk.breaks(), problems);
  }

  /** The driver whose entry lies at {@code entry}; empty when it is absent or is none. */
  public static Optional<KernelModule> at(Machine machine, long entry) throws IOException {
    Layout layout = Layout.resolve(machine);
    Optional<byte[]> bytes = machine.kernelSpace().map(entry, layout.size);
    return bytes.isEmpty()
        ? Optional.empty()
        : layout.module(machine.kernelSpace(), entry, bytes.get());
  }

  /** The entry in one kernel: under the kernel's own name for it where the symbols have it. */
  private record Layout(
      int links, int dllBase, int entryPoint, int sizeOfImage, int path, int name, int size) {

    static Layout resolve(Machine machine) {
      StructType entry =
          machine
              .symbols()
              .findStruct("_KLDR_DATA_TABLE_ENTRY")
              .orElseGet(() -> machine.symbols().struct("_LDR_DATA_TABLE_ENTRY"));
      int path = entry.offsetOf("FullDllName");
      int name = entry.offsetOf("BaseDllName");
      return new Layout(
          entry.offsetOf("InLoadOrderLinks"),
          entry.offsetOf("DllBase"),
          entry.offsetOf("EntryPoint"),
          entry.offsetOf("SizeOfImage"),
          path,
          name,
          Math.max(path, name) + UnicodeString.size(machine.symbols().pointerSize()));
    }

    Optional<KernelModule> module(AddressSpace space, long entry, byte[] bytes) throws IOException {
      int width = space.pointerSize();
      long base = space.pointer(bytes, dllBase);
      long imageSize = LittleEndian.u32(bytes, sizeOfImage);
      if (base == 0 || (base & PAGE_MASK) != 0 || imageSize == 0 || imageSize > MAXIMUM_SIZE) {
        return Optional.empty();
      }
      return Optional.of(
          new KernelModule(
              entry,
              base,
              imageSize,
              space.pointer(bytes, entryPoint),
              UnicodeString.in(bytes, name, width).read(space),
              UnicodeString.in(bytes, path, width).read(space)));
    }
  }
}
