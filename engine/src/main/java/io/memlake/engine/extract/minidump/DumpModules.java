package io.memlake.engine.extract.minidump;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.module.ImageFacts;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.DebugRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** The module list of a minidump. */
final class DumpModules {
  private static final int ENTRY_SIZE = 108;
  private static final int VERSION_SIGNATURE = 0xFEEF04BD;
  private static final int CV_RECORD = 76;

  private DumpModules() {}

  /** Appends the list and what its entries refer to. */
  static int write(DumpBytes out, AddressSpace space, List<LoaderModule> modules)
      throws IOException {
    int at = out.reserve(Integer.BYTES + modules.size() * ENTRY_SIZE);
    out.u32(at, modules.size());
    int entry = at + Integer.BYTES;
    for (LoaderModule module : modules) {
      ImageFacts facts = ImageFacts.read(space, module.base(), module.size(), 0);
      out.u64(entry, module.base());
      out.u32(entry + 8, module.size());
      if (facts.header().isPresent()) {
        out.u32(entry + 12, facts.header().get().checkSum());
        out.u32(entry + 16, facts.header().get().timeDateStamp());
      }
      out.u32(entry + 20, out.text(module.path().or(module::name).orElse("?")));
      out.u32(entry + 24, VERSION_SIGNATURE);
      if (facts.debug().isPresent()) {
        byte[] record = rsds(facts.debug().get());
        int place = out.reserve(record.length);
        out.put(place, record);
        out.u32(entry + CV_RECORD, record.length);
        out.u32(entry + CV_RECORD + 4, place);
      }
      entry += ENTRY_SIZE;
    }
    return at;
  }

  /** The record as it stands in the executable. */
  private static byte[] rsds(DebugRecord debug) {
    byte[] path = debug.path().getBytes(StandardCharsets.ISO_8859_1);
    byte[] record = new byte[DebugRecord.HEADER_SIZE + path.length + 1];
    byte[] guid = HexFormat.of().parseHex(debug.guid());
    LittleEndian.putI32(record, 0, DebugRecord.TAG);
    // Debuggers print the first three numbers highest byte first, the file has them lowest first.
    int[] order = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int i = 0; i < order.length; i++) {
      record[4 + i] = guid[order[i]];
    }
    LittleEndian.putI32(record, 20, debug.age());
    System.arraycopy(path, 0, record, DebugRecord.HEADER_SIZE, path.length);
    return record;
  }
}
