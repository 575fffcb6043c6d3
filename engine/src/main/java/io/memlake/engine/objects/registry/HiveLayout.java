package io.memlake.engine.objects.registry;

import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;

/**
 * Where a kernel keeps a mounted hive ({@code _CMHIVE}, which begins with its {@code _HHIVE}) and
 * the map from cells to addresses.
 *
 * <p>Up to Windows 8.1 an entry of the map holds the address of its block. From Windows 10 on it
 * holds the address of the bin, with flags in the low four bits, and the block's offset in it.
 *
 * @param size bytes of {@code _CMHIVE}
 * @param signature offset of {@code 0xBEE0BEE0}
 * @param baseBlock offset of the pointer to the base block
 * @param storage offset of the stable storage; the volatile one follows
 * @param storageSize bytes of a storage ({@code _DUAL})
 * @param length offset of a storage's length
 * @param map offset of the pointer to a storage's directory
 * @param entrySize bytes of an entry of the map
 * @param blockAddress offset of the block's address in an entry; -1 where entries name bins
 * @param blockOffset offset of the block's offset in an entry; -1 where entries name blocks
 * @param permanentBin offset of the bin's address in an entry; -1 where entries name blocks
 * @param temporaryBin offset of the address of a bin that is mapped for a while; -1 for none
 * @param hiveList offset of the links in {@code CmpHiveListHead}
 * @param fileFullPath offset of the path of the file by its device; -1 for none
 * @param fileUserName offset of the path by which it was loaded; -1 for none
 * @param hiveRootPath offset of the path of its root key; -1 for none
 */
record HiveLayout(
    int size,
    int signature,
    int baseBlock,
    int storage,
    int storageSize,
    int length,
    int map,
    int entrySize,
    int blockAddress,
    int blockOffset,
    int permanentBin,
    int temporaryBin,
    int hiveList,
    int fileFullPath,
    int fileUserName,
    int hiveRootPath) {

  /** Entries of a table of the map. */
  static final int TABLE_ENTRIES = 512;

  /**
   * Looks the fields up.
   *
   * @throws MissingSymbolException when hives cannot be read without one that is missing
   */
  static HiveLayout resolve(SymbolTable symbols) {
    StructType hive = symbols.struct("_CMHIVE");
    StructType header = symbols.struct("_HHIVE");
    StructType storage = symbols.struct("_DUAL");
    StructType entry = symbols.struct("_HMAP_ENTRY");
    int start = hive.offsetOf("Hive");
    boolean bins = entry.find("PermanentBinAddress").isPresent();
    return new HiveLayout(
        hive.size(),
        start + header.offsetOf("Signature"),
        start + header.offsetOf("BaseBlock"),
        start + header.offsetOf("Storage"),
        storage.size(),
        storage.offsetOf("Length"),
        storage.offsetOf("Map"),
        entry.size(),
        bins ? -1 : entry.offsetOf("BlockAddress"),
        bins ? entry.offsetOf("BlockOffset") : -1,
        bins ? entry.offsetOf("PermanentBinAddress") : -1,
        optional(entry, "TemporaryBinAddress"),
        hive.offsetOf("HiveList"),
        optional(hive, "FileFullPath"),
        optional(hive, "FileUserName"),
        optional(hive, "HiveRootPath"));
  }

  private static int optional(StructType type, String field) {
    return type.find(field).map(FieldType::offset).orElse(-1);
  }
}
