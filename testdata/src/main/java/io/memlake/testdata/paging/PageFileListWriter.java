package io.memlake.testdata.paging;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.store.StoreMemory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Writes {@code _MMPAGING_FILE}s and the kernel's array of them. */
final class PageFileListWriter {
  private PageFileListWriter() {}

  /**
   * Writes the list.
   *
   * @param newKernel gives kernel memory of a size
   * @param memory writes kernel memory
   */
  static void write(
      SyntheticMachine machine,
      List<ListedPageFile> files,
      IntToLongFunction newKernel,
      StoreMemory memory) {
    KernelLayout layout = machine.layout();
    StructLayout struct = layout.struct("_MMPAGING_FILE");
    long array = machine.truth().host().kernelBase() + array(layout);
    for (int i = 0; i < files.size(); i++) {
      ListedPageFile file = files.get(i);
      long at = newKernel.applyAsLong(struct.size());
      byte[] name = file.name().getBytes(StandardCharsets.UTF_16LE);
      long text = newKernel.applyAsLong(name.length);
      memory.write(text, name);
      number(memory, at + struct.offset("Size"), Long.BYTES, file.pages());
      long string = at + struct.offset("PageFileName");
      number(memory, string, Short.BYTES, name.length);
      number(memory, string + Short.BYTES, Short.BYTES, name.length);
      number(memory, string + Long.BYTES, Long.BYTES, text);
      long flags = file.number();
      if (file.store() && struct.has("VirtualStorePagefile")) {
        flags |= 1L << struct.field("VirtualStorePagefile").bitPosition();
      }
      number(memory, at + struct.offset("PageFileNumber"), Short.BYTES, flags);
      number(memory, array + (long) i * Long.BYTES, Long.BYTES, at);
    }
  }

  private static long array(KernelLayout layout) {
    return layout.hasSymbol("MiSystemPartition")
        ? layout.symbol("MiSystemPartition")
            + layout.struct("_MI_PARTITION").offset("Vp")
            + layout.struct("_MI_VISIBLE_PARTITION").offset("PagingFile")
        : layout.symbol("MmPagingFile");
  }

  private static void number(StoreMemory memory, long virtualAddress, int size, long value) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> (Byte.SIZE * i));
    }
    memory.write(virtualAddress, bytes);
  }
}
