package io.memlake.engine.image.elfcore;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.UnsupportedImageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ELF header of a core.
 *
 * @param wide whether addresses have 64 bits
 * @param machine {@code e_machine}
 * @param tableOffset where the program headers begin
 * @param entrySize of a program header
 * @param entryCount of program headers
 */
record ElfHeader(boolean wide, int machine, long tableOffset, int entrySize, long entryCount) {
  private static final int ET_CORE = 4;

  /** {@code PN_XNUM}: the count did not fit and is in the first section header. */
  private static final int EXTENDED_COUNT = 0xFFFF;

  /** Segments of one core; QEMU writes a handful, VirtualBox a few dozen. */
  private static final int MAX_SEGMENTS = 1 << 20;

  /** Empty when the file is not an ELF core. */
  static Optional<ElfHeader> read(ByteSource file) throws IOException {
    byte[] head = ContainerBytes.readUpTo(file, 0, 0x40);
    if (!ContainerBytes.holds(head, 0, "\177ELF") || head.length < 0x34) {
      return Optional.empty();
    }
    boolean wide = head[4] == 2;
    if (head[5] == 2) {
      if (head[0x10] == 0 && head[0x11] == ET_CORE) {
        throw new UnsupportedImageException(
            file.name(), "the ELF core of a big-endian machine", "little-endian ELF cores");
      }
      return Optional.empty();
    }
    if (LittleEndian.u16(head, 0x10) != ET_CORE) {
      return Optional.empty();
    }
    if (wide && head.length < 0x40) {
      throw new CorruptImageException(file.name(), 0, "the file ends inside the ELF header");
    }
    long table = wide ? LittleEndian.i64(head, 0x20) : LittleEndian.u32(head, 0x1C);
    int entrySize = LittleEndian.u16(head, wide ? 0x36 : 0x2A);
    long count = LittleEndian.u16(head, wide ? 0x38 : 0x2C);
    if (count == EXTENDED_COUNT) {
      long sections = wide ? LittleEndian.i64(head, 0x28) : LittleEndian.u32(head, 0x20);
      byte[] info =
          ContainerBytes.read(file, sections + (wide ? 0x2C : 0x1C), 4, "the first section header");
      count = LittleEndian.u32(info, 0);
    }
    if (entrySize < (wide ? 56 : 32)
        || count > MAX_SEGMENTS
        || table < 0
        || table > file.size() - count * entrySize) {
      throw new CorruptImageException(
          file.name(),
          wide ? 0x20 : 0x1C,
          count + " program headers of " + entrySize + " bytes do not fit the file");
    }
    return Optional.of(new ElfHeader(wide, LittleEndian.u16(head, 0x12), table, entrySize, count));
  }

  List<ElfSegment> segments(ByteSource file) throws IOException {
    List<ElfSegment> segments = new ArrayList<>();
    for (long i = 0; i < entryCount; i++) {
      long at = tableOffset + i * entrySize;
      byte[] entry = ContainerBytes.read(file, at, wide ? 56 : 32, "the program headers");
      segments.add(wide ? wide(entry, at) : narrow(entry, at));
    }
    return segments;
  }

  private static ElfSegment wide(byte[] entry, long at) {
    return new ElfSegment(
        LittleEndian.i32(entry, 0),
        LittleEndian.i64(entry, 8),
        LittleEndian.i64(entry, 16),
        LittleEndian.i64(entry, 24),
        LittleEndian.i64(entry, 32),
        LittleEndian.i64(entry, 40),
        at);
  }

  private static ElfSegment narrow(byte[] entry, long at) {
    return new ElfSegment(
        LittleEndian.i32(entry, 0),
        LittleEndian.u32(entry, 4),
        LittleEndian.u32(entry, 8),
        LittleEndian.u32(entry, 12),
        LittleEndian.u32(entry, 16),
        LittleEndian.u32(entry, 20),
        at);
  }
}
