package io.memlake.engine.objects.store;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The kernel's own list of page files: the authority on which number is which file, and which is
 * the compressed store.
 *
 * @param files by their place in the list
 */
public record PagingFileTable(List<PagingFile> files) {
  private static final String PARTITION = "MiSystemPartition";
  private static final String ARRAY_BEFORE_PARTITIONS = "MmPagingFile";

  /** 2^32 pages are 16 TiB, which is also what an entry can address. */
  private static final long MAX_PAGES = 1L << 32;

  /** Copies the list. */
  public PagingFileTable {
    files = List.copyOf(files);
  }

  /**
   * Reads the list.
   *
   * @param kernel kernel memory
   * @param kernelBase where the kernel is loaded
   * @param symbols symbols of that kernel
   * @return an empty list when the symbols do not describe it or it is not in the evidence
   */
  public static PagingFileTable read(AddressSpace kernel, long kernelBase, SymbolTable symbols)
      throws IOException {
    OptionalLong array = arrayOf(symbols);
    Optional<Layout> layout = symbols.findStruct("_MMPAGING_FILE").flatMap(Layout::resolve);
    List<PagingFile> files = new ArrayList<>();
    if (array.isEmpty() || layout.isEmpty()) {
      return new PagingFileTable(files);
    }
    KernelPointers memory = new KernelPointers(kernel, symbols.pointerSize());
    for (int i = 0; i < PageSlots.MAX_NUMBERS; i++) {
      long pointer =
          memory.pointer(kernelBase + array.getAsLong() + (long) i * memory.pointerSize());
      if (memory.isKernel(pointer)) {
        Optional<byte[]> bytes = kernel.map(pointer, layout.get().size());
        if (bytes.isPresent()) {
          layout.get().file(kernel, bytes.get()).ifPresent(files::add);
        }
      }
    }
    return new PagingFileTable(files);
  }

  /** Number of the compressed store, if it is in the list. */
  public OptionalInt storeNumber() {
    return files.stream()
        .filter(file -> file.kind() == PagingFile.Kind.STORE)
        .mapToInt(PagingFile::number)
        .findFirst();
  }

  private static OptionalLong arrayOf(SymbolTable symbols) {
    OptionalLong partition = symbols.findSymbol(PARTITION);
    Optional<FieldType> inPartition =
        symbols.findStruct("_MI_PARTITION").flatMap(type -> type.find("Vp.PagingFile"));
    return partition.isPresent() && inPartition.isPresent()
        ? OptionalLong.of(partition.getAsLong() + inPartition.get().offset())
        : symbols.findSymbol(ARRAY_BEFORE_PARTITIONS);
  }

  /** Fields of {@code _MMPAGING_FILE}, resolved once; the kinds came with Windows 8 and 10. */
  private record Layout(
      int size,
      boolean wide,
      int pages,
      int name,
      BitsField number,
      Optional<BitsField> swap,
      Optional<BitsField> store) {

    static Optional<Layout> resolve(StructType type) {
      if (type.find("Size").isEmpty()
          || type.find("PageFileName").isEmpty()
          || type.find("PageFileNumber").isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Layout(
              type.size(),
              type.field("Size").size() == Long.BYTES,
              type.offsetOf("Size"),
              type.offsetOf("PageFileName"),
              type.bits("PageFileNumber"),
              type.findBits("WsSwapPagefile"),
              type.findBits("VirtualStorePagefile")));
    }

    Optional<PagingFile> file(AddressSpace kernel, byte[] bytes) throws IOException {
      long count = wide ? LittleEndian.i64(bytes, pages) : LittleEndian.u32(bytes, pages);
      if (count < 0 || count > MAX_PAGES) {
        return Optional.empty();
      }
      UnicodeString text = wide ? UnicodeString.in(bytes, name) : UnicodeString.in32(bytes, name);
      PagingFile.Kind kind =
          isSet(store, bytes)
              ? PagingFile.Kind.STORE
              : isSet(swap, bytes) ? PagingFile.Kind.SWAP_FILE : PagingFile.Kind.PAGE_FILE;
      return Optional.of(
          new PagingFile((int) number.in(bytes, 0), kind, text.read(kernel).orElse(""), count));
    }

    private static boolean isSet(Optional<BitsField> flag, byte[] bytes) {
      return flag.isPresent() && flag.get().in(bytes, 0) != 0;
    }
  }
}
