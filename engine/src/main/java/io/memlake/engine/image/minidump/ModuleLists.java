package io.memlake.engine.image.minidump;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Modules, loaded and unloaded. */
final class ModuleLists {
  private static final int LOADED = 4;
  private static final int UNLOADED = 14;
  private static final int MODULE = 108;
  private static final int UNLOADED_MODULE = 24;
  private static final int DEBUG_RECORD = 24;
  private static final int MAX_PDB_NAME = 1024;

  private final Streams streams;

  ModuleLists(Streams streams) {
    this.streams = streams;
  }

  List<DumpModule> loaded() throws IOException {
    Streams.Records records = streams.list(LOADED, MODULE);
    List<DumpModule> modules = new ArrayList<>();
    byte[] bytes = records.bytes();
    for (int i = 0; i < records.count(); i++) {
      int at = records.start(i);
      byte[] debug =
          streams.bytes(
              LittleEndian.u32(bytes, at + 80),
              (int) Math.min(DEBUG_RECORD + MAX_PDB_NAME, LittleEndian.u32(bytes, at + 76)));
      boolean known = debug.length > DEBUG_RECORD && ContainerBytes.holds(debug, 0, "RSDS");
      modules.add(
          new DumpModule(
              LittleEndian.i64(bytes, at),
              LittleEndian.u32(bytes, at + 8),
              LittleEndian.u32(bytes, at + 12),
              LittleEndian.u32(bytes, at + 16),
              streams.text(LittleEndian.u32(bytes, at + 20)),
              known ? pdbName(debug) : "",
              known ? guid(debug) : "",
              known ? LittleEndian.i32(debug, 20) : 0,
              records.place(i)));
    }
    return modules;
  }

  List<DumpModule> unloaded() throws IOException {
    Streams.Records records = streams.selfDescribed(UNLOADED, UNLOADED_MODULE, false);
    List<DumpModule> modules = new ArrayList<>();
    byte[] bytes = records.bytes();
    for (int i = 0; i < records.count(); i++) {
      int at = records.start(i);
      modules.add(
          new DumpModule(
              LittleEndian.i64(bytes, at),
              LittleEndian.u32(bytes, at + 8),
              LittleEndian.u32(bytes, at + 12),
              LittleEndian.u32(bytes, at + 16),
              streams.text(LittleEndian.u32(bytes, at + 20)),
              "",
              "",
              0,
              records.place(i)));
    }
    return modules;
  }

  private static String pdbName(byte[] debug) {
    int end = DEBUG_RECORD;
    while (end < debug.length && debug[end] != 0) {
      end++;
    }
    return new String(debug, DEBUG_RECORD, end - DEBUG_RECORD, StandardCharsets.UTF_8);
  }

  private static String guid(byte[] debug) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%08X", LittleEndian.i32(debug, 4)));
    text.append(String.format(Locale.ROOT, "%04X", LittleEndian.u16(debug, 8)));
    text.append(String.format(Locale.ROOT, "%04X", LittleEndian.u16(debug, 10)));
    for (int i = 12; i < 20; i++) {
      text.append(String.format(Locale.ROOT, "%02X", debug[i]));
    }
    return text.toString();
  }
}
