package io.memlake.engine.symbols.pdb;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes small PDB files from the published description of the format. */
final class PdbBuilder {
  private static final int BLOCK = 512;
  private static final int FIRST_TYPE = 0x1000;

  private final List<byte[]> types = new ArrayList<>();
  private final ByteArrayOutputStream symbols = new ByteArrayOutputStream();
  private final ByteArrayOutputStream sections = new ByteArrayOutputStream();
  private final ByteArrayOutputStream originalSections = new ByteArrayOutputStream();
  private final ByteArrayOutputStream moves = new ByteArrayOutputStream();
  private int machine = 0x8664;

  PdbBuilder machine(int type) {
    machine = type;
    return this;
  }

  /** Adds a type record and gives its number. */
  int type(int kind, byte[]... content) {
    byte[] body = join(content);
    int padding = -(body.length + 4) & 3;
    types.add(join(u16(body.length + 2 + padding), u16(kind), body, new byte[padding]));
    return FIRST_TYPE + types.size() - 1;
  }

  int structure(String name, int size, int fieldList) {
    return type(0x1505, u16(1), u16(0), u32(fieldList), u32(0), u32(0), u16(size), text(name));
  }

  int forward(String name) {
    return type(0x1505, u16(0), u16(0x80), u32(0), u32(0), u32(0), u16(0), text(name));
  }

  static byte[] member(int type, int offset, String name) {
    return padded(join(u16(0x150D), u16(3), u32(type), u16(offset), text(name)));
  }

  static byte[] base(int type, int offset) {
    return padded(join(u16(0x1400), u16(3), u32(type), u16(offset)));
  }

  static byte[] constant(String name, byte[] value) {
    return padded(join(u16(0x1502), u16(3), value, text(name)));
  }

  static byte[] continuation(int list) {
    return join(u16(0x1404), u16(0), u32(list));
  }

  PdbBuilder symbol(int kind, int section, int offset, String name) {
    byte[] body = padded(join(u16(kind), u32(0), u32(offset), u16(section), text(name)));
    symbols.writeBytes(join(u16(body.length), body));
    return this;
  }

  PdbBuilder section(int virtualAddress) {
    sections.writeBytes(header(virtualAddress));
    return this;
  }

  PdbBuilder originalSection(int virtualAddress) {
    originalSections.writeBytes(header(virtualAddress));
    return this;
  }

  PdbBuilder move(int from, int to) {
    moves.writeBytes(join(u32(from), u32(to)));
    return this;
  }

  byte[] build() {
    byte[] typeBytes = join(types.toArray(byte[][]::new));
    boolean moved = moves.size() > 0;
    byte[] debugHeader = new byte[22];
    Arrays.fill(debugHeader, (byte) -1);
    put16(debugHeader, 10, 5);
    if (moved) {
      put16(debugHeader, 8, 6);
      put16(debugHeader, 20, 7);
    }
    byte[] debug = new byte[64];
    Arrays.fill(debug, 0, 4, (byte) -1);
    put16(debug, 8, 7);
    put16(debug, 20, 4);
    put16(debug, 48, debugHeader.length);
    put16(debug, 58, machine);
    List<byte[]> streams = new ArrayList<>();
    streams.add(new byte[0]);
    streams.add(
        join(
            u32(20000404),
            u32(0),
            u32(99),
            u32(0x00112233),
            u16(0x4455),
            u16(0x6677),
            new byte[] {
              (byte) 0x88,
              (byte) 0x99,
              (byte) 0xAA,
              (byte) 0xBB,
              (byte) 0xCC,
              (byte) 0xDD,
              (byte) 0xEE,
              (byte) 0xFF
            }));
    streams.add(
        join(
            u32(20040203),
            u32(56),
            u32(FIRST_TYPE),
            u32(FIRST_TYPE + types.size()),
            u32(typeBytes.length),
            new byte[36],
            typeBytes));
    streams.add(join(debug, debugHeader));
    streams.add(symbols.toByteArray());
    streams.add(sections.toByteArray());
    if (moved) {
      streams.add(moves.toByteArray());
      streams.add(originalSections.toByteArray());
    }
    return container(streams);
  }

  private static byte[] container(List<byte[]> streams) {
    // Block 0 is the superblock, 1 and 2 are free maps; data lies backwards to test the block map.
    int blocks = 3;
    for (byte[] stream : streams) {
      blocks += (stream.length + BLOCK - 1) / BLOCK;
    }
    int dataBlocks = blocks;
    ByteArrayOutputStream sizes = new ByteArrayOutputStream();
    ByteArrayOutputStream numbers = new ByteArrayOutputStream();
    byte[] file = new byte[(blocks + 2) * BLOCK];
    for (byte[] stream : streams) {
      sizes.writeBytes(u32(stream.length));
      for (int at = 0; at < stream.length; at += BLOCK) {
        dataBlocks--;
        numbers.writeBytes(u32(dataBlocks));
        System.arraycopy(stream, at, file, dataBlocks * BLOCK, Math.min(BLOCK, stream.length - at));
      }
    }
    byte[] directory = join(u32(streams.size()), sizes.toByteArray(), numbers.toByteArray());
    System.arraycopy(directory, 0, file, blocks * BLOCK, directory.length);
    System.arraycopy(u32(blocks), 0, file, (blocks + 1) * BLOCK, 4);
    byte[] superblock =
        join(
            "Microsoft C/C++ MSF 7.00\r\n\u001aDS\0\0\0".getBytes(ISO_8859_1),
            u32(BLOCK),
            u32(1),
            u32(blocks + 2),
            u32(directory.length),
            u32(0),
            u32(blocks + 1));
    System.arraycopy(superblock, 0, file, 0, superblock.length);
    return file;
  }

  private static byte[] header(int virtualAddress) {
    byte[] header = new byte[40];
    System.arraycopy(u32(virtualAddress), 0, header, 12, 4);
    return header;
  }

  static byte[] text(String value) {
    return (value + "\0").getBytes(ISO_8859_1);
  }

  static byte[] u8(int value) {
    return new byte[] {(byte) value};
  }

  static byte[] u16(int value) {
    return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) value).array();
  }

  static byte[] u32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] padded(byte[] entry) {
    int padding = -entry.length & 3;
    byte[] bytes = Arrays.copyOf(entry, entry.length + padding);
    for (int i = 0; i < padding; i++) {
      bytes[entry.length + i] = (byte) (0xF0 + padding - i);
    }
    return bytes;
  }

  private static void put16(byte[] bytes, int offset, int value) {
    System.arraycopy(u16(value), 0, bytes, offset, 2);
  }
}
