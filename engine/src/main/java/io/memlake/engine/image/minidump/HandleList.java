package io.memlake.engine.image.minidump;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Handles. Newer writers append a place of further facts to each record, which is not read. */
final class HandleList {
  private static final int STREAM = 12;
  private static final int HANDLE = 32;

  private HandleList() {}

  static List<DumpHandle> read(Streams streams) throws IOException {
    Streams.Records records = streams.selfDescribed(STREAM, HANDLE, false);
    List<DumpHandle> handles = new ArrayList<>();
    byte[] bytes = records.bytes();
    for (int i = 0; i < records.count(); i++) {
      int at = records.start(i);
      handles.add(
          new DumpHandle(
              LittleEndian.i64(bytes, at),
              streams.text(LittleEndian.u32(bytes, at + 8)),
              streams.text(LittleEndian.u32(bytes, at + 12)),
              LittleEndian.i32(bytes, at + 20),
              LittleEndian.i32(bytes, at + 24),
              LittleEndian.i32(bytes, at + 28),
              records.place(i)));
    }
    return handles;
  }
}
