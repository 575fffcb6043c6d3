package io.memlake.engine.symbols.pdb;

import io.memlake.engine.symbols.SymbolTableBuilder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The stream of public and global symbols: records of length (u16, without itself), kind (u16),
 * then for the kinds that matter a number, the offset (u32), the section (u16) and the name.
 */
final class SymbolRecords {
  private static final int LOCAL_DATA = 0x110C;
  private static final int GLOBAL_DATA = 0x110D;
  private static final int PUBLIC = 0x110E;

  private static final int OFFSET = 8;
  private static final int SECTION = 12;
  private static final int NAME = 14;

  private SymbolRecords() {}

  static void addTo(
      SymbolTableBuilder builder, MsfFile file, DebugInformation debug, SectionAddresses sections)
      throws IOException {
    if (!file.has(debug.symbolStream())) {
      return;
    }
    RecordReader records = file.stream(debug.symbolStream(), "symbols");
    Map<String, Long> publics = new HashMap<>();
    Map<String, Long> data = new HashMap<>();
    int at = 0;
    while (at + 4 <= records.size()) {
      int next = at + Short.BYTES + records.u16(at);
      if (next < at + 4) {
        throw records.corrupt(at, "a symbol record is too short");
      }
      int kind = records.u16(at + Short.BYTES);
      if (kind == PUBLIC || kind == GLOBAL_DATA || kind == LOCAL_DATA) {
        OptionalLong rva = sections.rva(records.u16(at + SECTION), records.u32(at + OFFSET));
        if (rva.isPresent()) {
          String name = records.text(at + NAME, next);
          (kind == PUBLIC ? publics : data).putIfAbsent(name, rva.getAsLong());
        }
      }
      at = next;
    }
    // Public names are what other tools use; private data adds what has no public name.
    data.forEach(builder::addSymbol);
    publics.forEach(builder::addSymbol);
  }
}
