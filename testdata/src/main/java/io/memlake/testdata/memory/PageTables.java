package io.memlake.testdata.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the x64 page tables (four levels of 512 entries) of finished address spaces, in frames of
 * their own. Every top table has the kernel's upper half and, at the self-map index, an entry that
 * points back to it.
 */
public final class PageTables {

  private static final int ENTRIES = 512;
  private static final int FIRST_KERNEL_INDEX = 256;
  private static final int PML4_SHIFT = 39;
  private static final int PDPT_SHIFT = 30;
  private static final int PD_SHIFT = 21;
  private static final int PT_SHIFT = 12;
  private static final long FRAME_MASK = 0x000FFFFFFFFFF000L;

  private final Frames frames;
  private final int selfMapIndex;
  private final Map<Long, long[]> tables = new HashMap<>();

  private PageTables(Frames frames, int selfMapIndex) {
    this.frames = frames;
    this.selfMapIndex = selfMapIndex;
  }

  /**
   * Writes the tables of the kernel and of all processes.
   *
   * @param selfMapIndex index of the top-table entry that points to the table itself
   */
  public static void write(
      Frames frames, AddressSpace kernel, List<AddressSpace> processes, int selfMapIndex) {
    PageTables tables = new PageTables(frames, selfMapIndex);
    tables.addSpace(kernel, Access.KERNEL_TABLE);
    long[] kernelTop = tables.table(kernel.dtb());
    for (AddressSpace process : processes) {
      long[] top = tables.table(process.dtb());
      System.arraycopy(
          kernelTop, FIRST_KERNEL_INDEX, top, FIRST_KERNEL_INDEX, ENTRIES - FIRST_KERNEL_INDEX);
      tables.addSpace(process, Access.USER_TABLE);
    }
    tables.writeAll();
  }

  private void addSpace(AddressSpace space, Access tableAccess) {
    table(space.dtb())[selfMapIndex] = Access.KERNEL_TABLE.entry(space.dtb() >>> PT_SHIFT);
    space
        .largePages()
        .forEach(
            (address, page) ->
                directory(space, address, tableAccess)[index(address, PD_SHIFT)] =
                    page.access().entry(page.pfn()));
    space
        .pages()
        .forEach(
            (address, page) -> {
              long[] directory = directory(space, address, tableAccess);
              long[] table = below(directory, index(address, PD_SHIFT), tableAccess);
              table[index(address, PT_SHIFT)] = page.access().entry(page.pfn());
            });
  }

  private long[] directory(AddressSpace space, long address, Access access) {
    long[] pointers = below(table(space.dtb()), index(address, PML4_SHIFT), access);
    return below(pointers, index(address, PDPT_SHIFT), access);
  }

  private long[] below(long[] table, int index, Access access) {
    if (table[index] == 0) {
      table[index] = access.entry(frames.take());
    }
    return table(table[index] & FRAME_MASK);
  }

  private long[] table(long physicalAddress) {
    return tables.computeIfAbsent(physicalAddress, address -> new long[ENTRIES]);
  }

  private static int index(long address, int shift) {
    return (int) (address >>> shift & (ENTRIES - 1));
  }

  private void writeAll() {
    tables.forEach(
        (address, entries) -> {
          byte[] bytes = frames.content(address >>> PT_SHIFT);
          for (int i = 0; i < ENTRIES; i++) {
            for (int b = 0; b < Long.BYTES; b++) {
              bytes[i * Long.BYTES + b] = (byte) (entries[i] >>> (8 * b));
            }
          }
        });
  }
}
