package io.memlake.testdata.image;

import io.memlake.testdata.compression.XpressWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Saved states of Hyper-V, after Microsoft's description of the store. Blocks of RAM are stored,
 * compressed as a whole, or compressed page by page, in turn.
 */
public final class HyperVWriter {
  private static final int PAGE = FrameSource.FRAME;
  private static final int BLOCK_PAGES = 256;
  private static final int TABLE = 4096;
  private static final int OBJECTS = 0x2000;
  private static final int OBJECT_SLOTS = 200;
  private static final int LARGE_VALUE = 2048;

  /** Types of values. */
  private static final int SIGNED = 3;

  private static final int ARRAY = 7;
  private static final int NODE = 9;

  /** A key that is placed in a table; nodes are looked up by it. */
  private record Placed(int table, int place) {}

  private static final Placed ROOT = new Placed(0, 0);

  private final List<ByteBuffer> tables = new ArrayList<>();
  private final List<byte[]> tableBytes = new ArrayList<>();
  private final List<long[]> values = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private int order = 1;

  private HyperVWriter() {}

  /** Where values begin: behind the headers, the object tables and the key tables. */
  private static int dataStart(int tableCount) {
    return OBJECTS + align(8 + 18 * OBJECT_SLOTS) * 2 + TABLE * tableCount;
  }

  /**
   * Writes a saved state.
   *
   * @param skipZeros whether blocks of zeros are left out
   */
  public static void write(FrameSource frames, boolean skipZeros, Path file) throws IOException {
    Files.write(file, new HyperVWriter().state(frames, skipZeros));
  }

  /** Writes a store that holds a configuration and no memory. */
  public static void writeConfiguration(Path file) throws IOException {
    HyperVWriter writer = new HyperVWriter();
    Placed node = writer.node("configuration", ROOT);
    writer.number("version", 0x0A00, writer.node("properties", node));
    Files.write(file, writer.file());
  }

  private byte[] state(FrameSource frames, boolean skipZeros) throws IOException {
    Placed configuration = node("configuration", ROOT);
    number("version", 0x0A00, node("properties", configuration));
    Placed saved = node("savedstate", ROOT);
    number("VmVersion", 0x0A00, saved);
    array("partition_state", new byte[64], node("savedVM", saved));
    ByteArrayOutputStream ram = new ByteArrayOutputStream();
    int number = 0;
    for (FrameRun run : frames.runs()) {
      ByteBuffer layout = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
      layout.putInt(3).putInt(0).putLong(run.count()).putLong(ram.size() / PAGE);
      layout.putLong(run.firstPfn());
      array("RamMemoryBlock" + number++, layout.array(), saved);
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        ram.write(frames.frame(pfn));
      }
    }
    byte[] all = ram.toByteArray();
    for (int block = 0; block * BLOCK_PAGES * PAGE < all.length; block++) {
      int from = block * BLOCK_PAGES * PAGE;
      byte[] plain = Arrays.copyOfRange(all, from, Math.min(all.length, from + BLOCK_PAGES * PAGE));
      if (!skipZeros || !isZero(plain)) {
        array("RamBlock" + block, stored(plain, block), saved);
      }
    }
    return file();
  }

  private static boolean isZero(byte[] bytes) {
    for (byte value : bytes) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] stored(byte[] plain, int block) {
    byte[] packed =
        switch (block % 3) {
          case 0 -> plain;
          case 1 -> XpressWriter.compress(plain);
          default -> pages(plain);
        };
    return packed.length < plain.length ? packed : plain;
  }

  private static byte[] pages(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < plain.length) {
      byte[] page = Arrays.copyOfRange(plain, at, at + PAGE);
      int zeros = 0;
      while (at + (zeros + 1) * PAGE <= plain.length
          && isZero(Arrays.copyOfRange(plain, at + zeros * PAGE, at + (zeros + 1) * PAGE))) {
        zeros++;
      }
      if (zeros > 1) {
        out.writeBytes(numbers(-3, 0, 0, zeros));
        at += zeros * PAGE;
      } else if (zeros == 1) {
        out.writeBytes(numbers(-2, 0, 0));
        at += PAGE;
      } else {
        byte[] packed = XpressWriter.compress(page);
        byte[] best = packed.length < PAGE ? packed : page;
        out.writeBytes(numbers(best.length));
        out.writeBytes(best);
        at += PAGE;
      }
    }
    out.writeBytes(numbers(-1));
    return out.toByteArray();
  }

  private static byte[] numbers(int... values) {
    ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      out.putInt(value);
    }
    return out.array();
  }

  private Placed node(String name, Placed parent) {
    return key(NODE, 0, name, new byte[12], parent);
  }

  private void number(String name, long value, Placed parent) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    key(SIGNED, 0, name, bytes, parent);
  }

  private void array(String name, byte[] value, Placed parent) {
    if (value.length >= LARGE_VALUE) {
      // Where the value lies is known when all tables are; until then its number stands there.
      ByteBuffer place = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      Placed key = key(ARRAY, 1, name, place.putInt(value.length).array(), parent);
      values.add(new long[] {key.table, key.place + 21 + name.length() + 1 + 4, data.size()});
      data.writeBytes(value);
      data.writeBytes(new byte[align(value.length) - value.length]);
      return;
    }
    ByteBuffer inline = ByteBuffer.allocate(4 + value.length).order(ByteOrder.LITTLE_ENDIAN);
    key(ARRAY, 0, name, inline.putInt(value.length).put(value).array(), parent);
  }

  private Placed key(int type, int flags, String name, byte[] value, Placed parent) {
    int length = 21 + name.length() + 1 + value.length;
    if (tables.isEmpty() || tables.get(tables.size() - 1).remaining() < length + 22) {
      byte[] bytes = new byte[TABLE];
      ByteBuffer table = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      tableBytes.add(bytes);
      table.putShort((short) 2).putShort((short) (tables.size() + 1)).putShort((short) 1).putInt(0);
      tables.add(table);
    }
    ByteBuffer table = tables.get(tables.size() - 1);
    int place = table.position();
    table.put((byte) type).put((byte) flags).putInt(length);
    table.putShort((short) parent.table).putInt(parent.place).putInt(0).putInt(order++);
    table.put((byte) (name.length() + 1));
    table.put(name.getBytes(StandardCharsets.UTF_8)).put((byte) 0).put(value);
    return new Placed(tables.size(), place);
  }

  private byte[] file() {
    int start = dataStart(tables.size());
    for (long[] value : values) {
      tables.get((int) value[0] - 1).putLong((int) value[1], start + value[2]);
    }
    int firstTable = OBJECTS + align(8 + 18 * OBJECT_SLOTS) * 2;
    byte[] bytes = new byte[start + data.size() + TABLE];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    objectTables(bytes, out, firstTable);
    for (int i = 0; i < tables.size(); i++) {
      closeTable(tables.get(i), tableBytes.get(i));
      out.put(firstTable + i * TABLE, tableBytes.get(i));
    }
    out.put(start, data.toByteArray());
    int log = bytes.length - TABLE;
    out.putInt(log, 0x01110003).putInt(log + 13, 100);
    out.putInt(log + 4, crc(bytes, log, 34, 4));
    header(bytes, out, 0, 7, log);
    header(bytes, out, 0x1000, 6, log);
    return bytes;
  }

  /** The last slot of a table leads to the next one. */
  private void objectTables(byte[] bytes, ByteBuffer out, int firstTable) {
    int second = OBJECTS + align(8 + 18 * OBJECT_SLOTS);
    out.putInt(OBJECTS, 0x01110001).putInt(OBJECTS + 4, OBJECT_SLOTS);
    out.putInt(second, 0x01110001).putInt(second + 4, OBJECT_SLOTS);
    for (int i = 0; i < tables.size(); i++) {
      boolean first = i < OBJECT_SLOTS - 1;
      int slot = first ? i : i - (OBJECT_SLOTS - 1);
      object(
          bytes, out, (first ? OBJECTS : second) + 8 + 18 * slot, 2, firstTable + i * TABLE, TABLE);
    }
    object(bytes, out, OBJECTS + 8 + 18 * (OBJECT_SLOTS - 1), 1, second, 8 + 18 * OBJECT_SLOTS);
  }

  private static void object(
      byte[] bytes, ByteBuffer out, int at, int kind, long offset, int size) {
    out.put(at, (byte) kind).putLong(at + 5, offset).putInt(at + 13, size).put(at + 17, (byte) 1);
    out.putInt(at + 1, crc(bytes, at, 18, 1));
  }

  /** What is left of a table is one free entry. */
  private static void closeTable(ByteBuffer table, byte[] bytes) {
    int place = 10;
    while (place < table.position()) {
      int length = table.getInt(place + 2);
      table.putInt(place + 12, crc(bytes, place, length, 12));
      place += length;
    }
    table.put(place, (byte) 1).putInt(place + 2, TABLE - place);
    table.putInt(place + 12, crc(bytes, place, 21, 12));
    table.putInt(6, crc(bytes, 0, 10, 6));
  }

  private static void header(byte[] bytes, ByteBuffer out, int at, int sequence, int log) {
    out.putInt(at, 0x01282014).putShort(at + 8, (short) sequence).putInt(at + 10, 0x0400);
    out.putInt(at + 22, TABLE).putLong(at + 26, log).putLong(at + 34, TABLE).putInt(at + 42, 34);
    out.putInt(at + 4, crc(bytes, at, 46, 4));
  }

  /** CRC-32 in which the checksum itself counts as zero. */
  private static int crc(byte[] bytes, int from, int length, int checksum) {
    byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
    Arrays.fill(copy, checksum, checksum + 4, (byte) 0);
    CRC32 crc = new CRC32();
    crc.update(copy);
    return (int) crc.getValue();
  }

  private static int align(int length) {
    return (length + TABLE - 1) / TABLE * TABLE;
  }
}
