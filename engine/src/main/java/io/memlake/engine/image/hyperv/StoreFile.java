package io.memlake.engine.image.hyperv;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The tables of a store.
 *
 * <pre>
 * file         = header, at 1000 header, at 2000 object table, objects
 * header       = u32 01282014, u32 CRC-32, u16 sequence, u32 version, u32, u32, u32 alignment,
 *                u64 offset of the log, u64 its size, u32
 * object table = u32 01110001, u32 n, n { u8 kind, u32 CRC-32, u64 offset, u32 size, u8 flags }
 * kind         = 0 empty | 1 object table | 2 key table | 3 value | 4 free
 * log          = u32 01110003, u32 CRC-32, u32 entries
 * </pre>
 */
final class StoreFile {
  static final int MARK = 0x0128_2014;
  static final long SECOND_HEADER = 0x1000;

  private static final int HEADER_LENGTH = 46;
  private static final long OBJECTS = 0x2000;
  private static final int OBJECTS_MARK = 0x0111_0001;
  private static final int LOG_MARK = 0x0111_0003;
  private static final int ENTRY = 18;
  private static final int OBJECT_TABLE = 1;
  private static final int KEY_TABLE = 2;

  /** 16 TiB of RAM in blocks of 1 MiB, twice. */
  private static final int MAX_OBJECTS = 1 << 25;

  /** Hyper-V writes key tables of 4 KiB. */
  private static final int MAX_KEY_TABLE = 16 << 20;

  private static final int MAX_KEY_TABLES = 1 << 16;

  private final ByteSource file;
  private final List<String> warnings;
  private final TreeMap<Integer, KeyTable> tables = new TreeMap<>();
  private int objects;
  private int wrong;

  private StoreFile(ByteSource file, List<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  /** Whether a header of a store is there, valid or not. */
  static boolean recognised(ByteSource file) throws IOException {
    return markAt(file, 0) || markAt(file, SECOND_HEADER);
  }

  private static boolean markAt(ByteSource file, long at) throws IOException {
    byte[] head = ContainerBytes.readUpTo(file, at, Integer.BYTES);
    return head.length == Integer.BYTES && LittleEndian.i32(head, 0) == MARK;
  }

  /**
   * Reads all key tables.
   *
   * @throws CorruptImageException when neither header is valid or there is no object table
   */
  static Collection<KeyTable> read(ByteSource file, List<String> warnings) throws IOException {
    StoreFile store = new StoreFile(file, warnings);
    byte[] header =
        store
            .header()
            .orElseThrow(
                () ->
                    new CorruptImageException(
                        file.name(), 0, "neither header of the Hyper-V store matches its CRC-32"));
    store.log(LittleEndian.i64(header, 26));
    store.objectTables();
    if (store.wrong > 0) {
      warnings.add(store.wrong + " entries of the store's tables do not match their CRC-32");
    }
    return store.tables.values();
  }

  /** The valid header with the higher sequence. */
  private Optional<byte[]> header() throws IOException {
    byte[] best = null;
    for (long at : new long[] {0, SECOND_HEADER}) {
      byte[] header = ContainerBytes.readUpTo(file, at, HEADER_LENGTH);
      boolean valid =
          header.length == HEADER_LENGTH
              && LittleEndian.i32(header, 0) == MARK
              && crc(header, header.length, 4) == LittleEndian.i32(header, 4);
      if (valid && (best == null || LittleEndian.u16(header, 8) > LittleEndian.u16(best, 8))) {
        best = header;
      }
    }
    return Optional.ofNullable(best);
  }

  /** CRC-32 of bytes in which the checksum itself counts as zero. */
  static int crc(byte[] bytes, int length, int checksumAt) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, checksumAt);
    crc.update(new byte[Integer.BYTES]);
    int rest = checksumAt + Integer.BYTES;
    crc.update(bytes, rest, length - rest);
    return (int) crc.getValue();
  }

  private void log(long at) throws IOException {
    byte[] log = at < 0 ? new byte[0] : ContainerBytes.readUpTo(file, at, 12);
    if (log.length < 12 || LittleEndian.i32(log, 0) != LOG_MARK) {
      warnings.add("The store has no log at " + Hex.address(at) + ", as an unfinished file has");
    } else if (LittleEndian.i32(log, 8) != 0) {
      warnings.add(
          "The store was not closed: "
              + LittleEndian.u32(log, 8)
              + " changes in its log are not applied");
    }
  }

  private void objectTables() throws IOException {
    Deque<Long> open = new ArrayDeque<>(List.of(OBJECTS));
    Set<Long> visited = new HashSet<>();
    while (!open.isEmpty()) {
      long at = open.removeFirst();
      if (!visited.add(at)) {
        warnings.add("The object tables of the store run in a circle at " + Hex.address(at));
        continue;
      }
      byte[] head = at < 0 ? new byte[0] : ContainerBytes.readUpTo(file, at, 8);
      if (head.length < 8 || LittleEndian.i32(head, 0) != OBJECTS_MARK) {
        if (at == OBJECTS) {
          throw new CorruptImageException(
              file.name(), at, "there is no object table of the Hyper-V store");
        }
        warnings.add("There is no object table at " + Hex.address(at) + "; its values are missing");
        continue;
      }
      objectTable(at, LittleEndian.u32(head, 4), open);
    }
  }

  private void objectTable(long at, long count, Deque<Long> open) throws IOException {
    long there = Math.min(count, Math.max(0, (file.size() - at - 8) / ENTRY));
    if (there < count || objects + there > MAX_OBJECTS) {
      there = Math.min(there, MAX_OBJECTS - objects);
      warnings.add(
          "The object table at "
              + Hex.address(at)
              + " claims "
              + count
              + " objects, "
              + there
              + " are read");
    }
    objects += (int) there;
    byte[] entry = new byte[ENTRY];
    for (long i = 0; i < there; i++) {
      if (file.read(at + 8 + i * ENTRY, entry, 0, ENTRY) < ENTRY) {
        return;
      }
      int kind = entry[0];
      if (kind != OBJECT_TABLE && kind != KEY_TABLE) {
        continue;
      }
      boolean right = crc(entry, ENTRY, 1) == LittleEndian.i32(entry, 1);
      wrong += right ? 0 : 1;
      long offset = LittleEndian.i64(entry, 5);
      // A wrong entry may be nothing at all: it counts only when it leads somewhere.
      if (!right && !leads(kind, offset)) {
        continue;
      }
      if (kind == OBJECT_TABLE) {
        open.addLast(offset);
      } else {
        keyTable(offset, LittleEndian.u32(entry, 13));
      }
    }
  }

  private boolean leads(int kind, long offset) throws IOException {
    if (offset < OBJECTS || offset > file.size() - Long.BYTES) {
      return false;
    }
    int mark = LittleEndian.i32(ContainerBytes.readUpTo(file, offset, Integer.BYTES), 0);
    return kind == OBJECT_TABLE ? mark == OBJECTS_MARK : (mark & 0xFFFF) == KeyTable.MARK;
  }

  private void keyTable(long at, long size) throws IOException {
    byte[] bytes =
        at < 0 || size > MAX_KEY_TABLE
            ? new byte[0]
            : ContainerBytes.readUpTo(file, at, (int) size);
    Optional<KeyTable> table = KeyTable.of(at, bytes);
    if (table.isEmpty() || tables.size() >= MAX_KEY_TABLES) {
      warnings.add("There is no key table at " + Hex.address(at) + "; its values are missing");
      return;
    }
    if (bytes.length < size) {
      warnings.add("The file ends inside the key table at " + Hex.address(at));
    }
    wrong += table.get().wrongChecksums();
    tables.merge(
        table.get().number(),
        table.get(),
        (one, other) -> other.sequence() > one.sequence() ? other : one);
  }
}
