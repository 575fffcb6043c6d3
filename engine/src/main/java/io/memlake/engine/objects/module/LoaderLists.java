package io.memlake.engine.objects.module;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The modules in the three lists of one loader, united by entry: a module that hides by leaving one
 * list still stands in the others, and the flags show it.
 *
 * @param modules in load order; those that only other lists hold come last
 * @param listBreaks how often a list is damaged
 * @param problems what could not be read, in words
 */
public record LoaderLists(List<LoaderModule> modules, int listBreaks, List<String> problems) {
  /** More modules than any process loads; bounds lists that were made to be endless. */
  static final int MAXIMUM_MODULES = 8192;

  /** What a process without loader has. */
  static final LoaderLists NONE = new LoaderLists(List.of(), 0, List.of());

  private static final int LOAD = 1;
  private static final int MEMORY = 2;
  private static final int INITIALIZATION = 4;
  private static final long PAGE_MASK = 0xFFF;

  /** Copies the lists. */
  public LoaderLists {
    modules = List.copyOf(modules);
    problems = List.copyOf(problems);
  }

  /** What a process without loader has. */
  public static LoaderLists none() {
    return NONE;
  }

  /** The lists of the loader whose {@code _PEB_LDR_DATA} lies at {@code ldr}. */
  static LoaderLists read(AddressSpace space, long ldr, LoaderLayout layout) throws IOException {
    if (ldr == 0) {
      return NONE;
    }
    Map<Long, Integer> lists = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    int breaks = 0;
    int[][] heads = {
      {LOAD, layout.loadHead(), layout.loadLinks()},
      {MEMORY, layout.memoryHead(), layout.memoryLinks()},
      {INITIALIZATION, layout.initializationHead(), layout.initializationLinks()},
    };
    for (int[] list : heads) {
      ListWalk walk = ListWalk.of(space, ldr + list[1], layout.pointerSize(), MAXIMUM_MODULES);
      walk.breaks().forEach(broken -> problems.add("loader list: " + broken));
      breaks += walk.breaks().size();
      for (ListMember member : walk.members()) {
        lists.merge(member.links() - list[2], list[0], (one, other) -> one | other);
      }
    }
    List<LoaderModule> modules = new ArrayList<>(lists.size());
    byte[] bytes = new byte[layout.size()];
    for (Map.Entry<Long, Integer> entry : lists.entrySet()) {
      if (!space.read(entry.getKey(), bytes, 0, bytes.length)) {
        problems.add("loader entry " + Hex.address(entry.getKey()) + " is not in the image");
        continue;
      }
      Optional<LoaderModule> module =
          module(space, entry.getKey(), entry.getValue(), bytes, layout);
      if (module.isPresent()) {
        modules.add(module.get());
      } else {
        problems.add("loader entry " + Hex.address(entry.getKey()) + " describes no module");
      }
    }
    return new LoaderLists(modules, breaks, problems);
  }

  private static Optional<LoaderModule> module(
      AddressSpace space, long entry, int lists, byte[] bytes, LoaderLayout layout)
      throws IOException {
    long base = address(bytes, layout.dllBase(), layout);
    long size = LittleEndian.u32(bytes, layout.sizeOfImage());
    if (base == 0 || (base & PAGE_MASK) != 0 || size == 0 || base < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new LoaderModule(
            entry,
            layout.pointerSize() * Byte.SIZE,
            base,
            size,
            address(bytes, layout.entryPoint(), layout),
            string(bytes, layout.baseDllName(), layout).read(space),
            string(bytes, layout.fullDllName(), layout).read(space),
            layout.loadTime() < 0 ? 0 : LittleEndian.i64(bytes, layout.loadTime()),
            layout.loadReason() < 0
                ? Optional.empty()
                : Optional.of(LittleEndian.i32(bytes, layout.loadReason())),
            (lists & LOAD) != 0,
            (lists & INITIALIZATION) != 0,
            (lists & MEMORY) != 0));
  }

  private static long address(byte[] bytes, int offset, LoaderLayout layout) {
    return layout.pointerSize() == Long.BYTES
        ? LittleEndian.i64(bytes, offset)
        : LittleEndian.u32(bytes, offset);
  }

  private static UnicodeString string(byte[] bytes, int offset, LoaderLayout layout) {
    return layout.pointerSize() == Long.BYTES
        ? UnicodeString.in(bytes, offset)
        : UnicodeString.in32(bytes, offset);
  }
}
