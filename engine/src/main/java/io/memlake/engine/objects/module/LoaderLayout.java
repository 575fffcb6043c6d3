package io.memlake.engine.objects.module;

import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;

/**
 * Where the loader's fields lie: the heads in {@code _PEB_LDR_DATA} and the fields of a {@code
 * _LDR_DATA_TABLE_ENTRY}. The layout of the kernel's own width comes from its symbols; the 32-bit
 * one is in no symbols of 64-bit kernels, but its fields have not moved since Windows XP.
 *
 * @param pointerSize bytes of an address in it
 * @param loadHead head of the list in load order
 * @param memoryHead head of the list in memory order
 * @param initializationHead head of the list in initialization order
 * @param loadLinks links of the list in load order
 * @param memoryLinks links of the list in memory order
 * @param initializationLinks links of the list in initialization order
 * @param dllBase base address
 * @param entryPoint entry point
 * @param sizeOfImage bytes, 32 bits wide
 * @param fullDllName path
 * @param baseDllName file name
 * @param loadTime FILETIME of loading, -1 where the symbols know none
 * @param loadReason {@code LDR_DLL_LOAD_REASON}, -1 where the symbols know none
 * @param size bytes that hold all of these
 */
record LoaderLayout(
    int pointerSize,
    int loadHead,
    int memoryHead,
    int initializationHead,
    int loadLinks,
    int memoryLinks,
    int initializationLinks,
    int dllBase,
    int entryPoint,
    int sizeOfImage,
    int fullDllName,
    int baseDllName,
    int loadTime,
    int loadReason,
    int size) {

  /** Offset of {@code Ldr} in a 32-bit PEB. */
  static final int PEB32_LDR = 0x0C;

  /** Layout of 32-bit loaders. */
  static final LoaderLayout BITS_32 =
      new LoaderLayout(
          Integer.BYTES,
          0x0C,
          0x14,
          0x1C,
          0x00,
          0x08,
          0x10,
          0x18,
          0x1C,
          0x20,
          0x24,
          0x2C,
          -1,
          -1,
          0x34);

  /** Layout of loaders of the kernel's own width by its symbols. */
  static LoaderLayout resolve(SymbolTable symbols) {
    StructType entry = symbols.struct("_LDR_DATA_TABLE_ENTRY");
    StructType data = symbols.struct("_PEB_LDR_DATA");
    return new LoaderLayout(
        symbols.pointerSize(),
        data.offsetOf("InLoadOrderModuleList"),
        data.offsetOf("InMemoryOrderModuleList"),
        data.offsetOf("InInitializationOrderModuleList"),
        entry.offsetOf("InLoadOrderLinks"),
        entry.offsetOf("InMemoryOrderLinks"),
        initializationLinks(entry, symbols),
        entry.offsetOf("DllBase"),
        entry.offsetOf("EntryPoint"),
        entry.offsetOf("SizeOfImage"),
        entry.offsetOf("FullDllName"),
        entry.offsetOf("BaseDllName"),
        entry.find("LoadTime").map(FieldType::offset).orElse(-1),
        entry.find("LoadReason").map(FieldType::offset).orElse(-1),
        entry.size());
  }

  /** Windows 8 wrapped the links in a union, where some symbols keep only the other name. */
  private static int initializationLinks(StructType entry, SymbolTable symbols) {
    return entry
        .find("InInitializationOrderLinks")
        .or(() -> entry.find("InProgressLinks"))
        .map(FieldType::offset)
        .orElseThrow(
            () ->
                new MissingSymbolException(
                    symbols.source(), entry.name(), "InInitializationOrderLinks"));
  }
}
