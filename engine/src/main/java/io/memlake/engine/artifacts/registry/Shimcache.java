package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import io.memlake.schemas.row.ShimcacheRow;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The application compatibility cache, most recent entry first, as it was written at shutdown.
 *
 * <pre>
 * Windows 7 x64   0xBADC0FEE count:4, entries of 48 bytes from 128:
 *                 length:2 maximum:2 pad:4 path:8 modified:8 flags:4 shim:4 size:8 data:8
 * Windows 8       from 128: "00ts" or "10ts" ?:4 size:4 { length:2 path [package] flags:4 shim:4
 *                 modified:8 dataSize:4 data }; 8.1 ("10ts") has a package: length:2 text
 * Windows 10      from the number in the first 4 bytes: "10ts" ?:4 size:4 { length:2 path modified:8
 *                 dataSize:4 data }
 * </pre>
 */
final class Shimcache implements HiveInterpreter {
  private static final int WINDOWS_7 = 0xBADC0FEE;
  private static final int SIGNATURE_8 = 0x73743030;
  private static final int SIGNATURE_10 = 0x73743031;
  private static final int OLD_HEADER = 128;
  private static final int ENTRY_7 = 48;
  private static final int ENTRY_HEADER = 12;
  private static final int EXECUTED = 2;
  private static final int MAX_ENTRIES = 65_536;

  @Override
  public String table() {
    return "shimcache";
  }

  @Override
  public Set<HiveKind> kinds() {
    return Set.of(HiveKind.SYSTEM);
  }

  @Override
  public void read(HiveReading hive, RowSink<SpecificRecordBase> rows) throws IOException {
    Optional<RegistryKey> key = hive.findInControlSet("Control\\Session Manager\\AppCompatCache");
    byte[] cache = new byte[0];
    if (key.isPresent()) {
      cache = key.get().bytes("AppCompatCache").orElse(cache);
    }
    if (cache.length < OLD_HEADER) {
      return;
    }
    int first = LittleEndian.i32(cache, 0);
    if (first == WINDOWS_7) {
      windows7(hive, key.get(), cache, rows);
    } else if (first >= 0x30 && first < OLD_HEADER && first % 4 == 0) {
      chain(hive, key.get(), cache, first, rows);
    } else {
      chain(hive, key.get(), cache, OLD_HEADER, rows);
    }
  }

  private static void windows7(
      HiveReading hive, RegistryKey key, byte[] cache, RowSink<SpecificRecordBase> rows)
      throws IOException {
    long count = Math.min(LittleEndian.u32(cache, 4), MAX_ENTRIES);
    for (int i = 0; i < count && OLD_HEADER + (i + 1) * ENTRY_7 <= cache.length; i++) {
      int at = OLD_HEADER + i * ENTRY_7;
      int length = LittleEndian.u16(cache, at);
      long path = LittleEndian.i64(cache, at + 8);
      if (path < 0 || path + length > cache.length) {
        continue;
      }
      ShimcacheRow row = hive.stamp(new ShimcacheRow(), key);
      row.setPosition(i);
      row.setPath(Utf16.text(cache, (int) path, length));
      row.setLastModified(FileTimes.instant(LittleEndian.i64(cache, at + 16)));
      row.setExecuted((LittleEndian.i32(cache, at + 24) & EXECUTED) != 0);
      row.setFormat("windows7");
      rows.accept(row);
    }
  }

  /** Entries behind one another; the chain ends at the first that is none. */
  private static void chain(
      HiveReading hive, RegistryKey key, byte[] cache, int header, RowSink<SpecificRecordBase> rows)
      throws IOException {
    int at = header;
    for (int i = 0; i < MAX_ENTRIES && at + ENTRY_HEADER + 2 <= cache.length; i++) {
      int signature = LittleEndian.i32(cache, at);
      long size = LittleEndian.u32(cache, at + 8);
      long end = at + ENTRY_HEADER + size;
      if ((signature != SIGNATURE_8 && signature != SIGNATURE_10) || end > cache.length) {
        return;
      }
      ShimcacheRow row = hive.stamp(new ShimcacheRow(), key);
      row.setPosition(i);
      boolean old = header == OLD_HEADER;
      if (entry(row, cache, at + ENTRY_HEADER, (int) end, old, signature == SIGNATURE_10)) {
        rows.accept(row);
      }
      at = (int) end;
    }
  }

  private static boolean entry(
      ShimcacheRow row, byte[] cache, int start, int end, boolean old, boolean packaged) {
    int length = LittleEndian.u16(cache, start);
    int at = start + 2 + length;
    if (at > end) {
      return false;
    }
    row.setPath(Utf16.text(cache, start + 2, length));
    if (old && packaged && at + 2 <= end) {
      at += 2 + LittleEndian.u16(cache, at);
    }
    int flags = at;
    at += old ? 8 : 0;
    if (at + Long.BYTES > end) {
      return false;
    }
    if (old) {
      row.setExecuted((LittleEndian.i32(cache, flags) & EXECUTED) != 0);
    }
    row.setLastModified(FileTimes.instant(LittleEndian.i64(cache, at)));
    row.setFormat(!old ? "windows10" : packaged ? "windows8.1" : "windows8");
    return true;
  }
}
