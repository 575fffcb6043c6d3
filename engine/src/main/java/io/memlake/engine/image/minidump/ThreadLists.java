package io.memlake.engine.image.minidump;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Threads, from the list that every dump has and the one with their times that some have. */
final class ThreadLists {
  private static final int LIST = 3;
  private static final int INFO_LIST = 17;
  private static final int THREAD = 48;
  private static final int INFO = 64;

  private final Streams streams;

  ThreadLists(Streams streams) {
    this.streams = streams;
  }

  List<DumpThread> threads() throws IOException {
    Streams.Records infos = streams.selfDescribed(INFO_LIST, INFO, false);
    Map<Integer, Integer> infoOf = new HashMap<>();
    for (int i = 0; i < infos.count(); i++) {
      infoOf.put(LittleEndian.i32(infos.bytes(), infos.start(i)), infos.start(i));
    }
    Streams.Records records = streams.list(LIST, THREAD);
    List<DumpThread> threads = new ArrayList<>();
    for (int i = 0; i < records.count(); i++) {
      int at = records.start(i);
      int tid = LittleEndian.i32(records.bytes(), at);
      Integer info = infoOf.get(tid);
      threads.add(
          new DumpThread(
              tid & 0xFFFF_FFFFL,
              LittleEndian.i64(records.bytes(), at + 16),
              info == null ? 0 : LittleEndian.i64(infos.bytes(), info + 48),
              info == null ? 0 : LittleEndian.i64(infos.bytes(), info + 16),
              info == null ? 0 : LittleEndian.i64(infos.bytes(), info + 24),
              records.place(i)));
    }
    return threads;
  }
}
