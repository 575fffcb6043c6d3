package io.memlake.engine.image.kdump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.elfcore.ElfNotes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** The processors' registers, which lie in the dump as in an ELF core. */
final class KdumpNotes {
  private KdumpNotes() {}

  static ImageHints hints(ByteSource file, KdumpHeader header) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    if (header.notesOffset() > 0 && header.notesSize() > 0) {
      new ElfNotes(file, true, facts, new ArrayList<>())
          .read(header.notesOffset(), header.notesSize());
    }
    return ImageHints.of(facts);
  }
}
