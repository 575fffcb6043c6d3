package io.memlake.engine.image.zip;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The central directory of a ZIP file, ZIP64 or not.
 *
 * <p>The file may be appended to another one: all offsets are then moved by what lies before. When
 * a name occurs twice, the later entry counts, as with writers that append.
 */
public final class ZipDirectory {

  /** End record and the longest comment. */
  private static final int TAIL = 22 + 0xFFFF;

  private static final int MAX_MEMBERS = 1 << 20;

  /** A directory of that many members with long names. */
  private static final int MAX_DIRECTORY = 512 << 20;

  /** Members that are unpacked into the heap: metadata and tables. */
  private static final int MAX_UNPACKED = 256 << 20;

  /** What one byte of deflate can become at most (258 bytes for two bits, rounded up). */
  private static final int MAX_RATIO = 1032;

  private static final long NOT_HERE_32 = 0xFFFF_FFFFL;
  private static final int ENTRY = 46;

  private final ByteSource file;
  private final String comment;
  private final Map<String, ZipMember> members;

  private ZipDirectory(ByteSource file, String comment, Map<String, ZipMember> members) {
    this.file = file;
    this.comment = comment;
    this.members = members;
  }

  /** Empty when the file does not end with a ZIP directory. */
  public static Optional<ZipDirectory> read(ByteSource file) throws IOException {
    long tailStart = Math.max(0, file.size() - TAIL);
    byte[] tail = ContainerBytes.readUpTo(file, tailStart, TAIL);
    for (int at = tail.length - 22; at >= 0; at--) {
      if (tail[at] == 'P' && ContainerBytes.holds(tail, at, "PK\5\6")) {
        int length = LittleEndian.u16(tail, at + 20);
        if (at + 22 + length <= tail.length) {
          return Optional.of(read(file, tail, at, tailStart + at));
        }
      }
    }
    return Optional.empty();
  }

  private static ZipDirectory read(ByteSource file, byte[] tail, int at, long endRecord)
      throws IOException {
    long count = LittleEndian.u16(tail, at + 10);
    long size = LittleEndian.u32(tail, at + 12);
    long offset = LittleEndian.u32(tail, at + 16);
    String comment =
        new String(tail, at + 22, LittleEndian.u16(tail, at + 20), StandardCharsets.UTF_8);
    long directoryEnd = endRecord;
    if (at >= 20 && ContainerBytes.holds(tail, at - 20, "PK\6\7")) {
      long wide = wideEndRecord(file, LittleEndian.i64(tail, at - 12), endRecord - 20);
      byte[] record = ContainerBytes.read(file, wide, 56, "the ZIP64 end record");
      count = LittleEndian.i64(record, 32);
      size = LittleEndian.i64(record, 40);
      offset = LittleEndian.i64(record, 48);
      directoryEnd = wide;
    }
    if (count < 0
        || count > MAX_MEMBERS
        || size < count * ENTRY
        || size > Math.min(MAX_DIRECTORY, directoryEnd)) {
      throw new CorruptImageException(
          file.name(),
          endRecord,
          "a ZIP directory of " + count + " members in " + size + " bytes does not fit the file");
    }
    long base = directoryEnd - size - offset;
    if (base < 0) {
      throw new CorruptImageException(
          file.name(), endRecord, "the ZIP directory begins before the file");
    }
    byte[] directory =
        ContainerBytes.read(file, directoryEnd - size, (int) size, "the ZIP directory");
    return new ZipDirectory(
        file, comment, members(file, directory, directoryEnd - size, (int) count, base));
  }

  /**
   * The locator's offset does not know what lies before the ZIP; then the record is just before.
   */
  private static long wideEndRecord(ByteSource file, long recorded, long locator)
      throws IOException {
    for (long candidate : new long[] {recorded, locator - 56}) {
      if (candidate >= 0
          && candidate <= locator - 56
          && ContainerBytes.holds(ContainerBytes.readUpTo(file, candidate, 4), 0, "PK\6\6")) {
        return candidate;
      }
    }
    throw new CorruptImageException(
        file.name(), locator, "the ZIP64 locator does not point to an end record");
  }

  private static Map<String, ZipMember> members(
      ByteSource file, byte[] directory, long position, int count, long base) throws IOException {
    Map<String, ZipMember> members = new LinkedHashMap<>();
    int at = 0;
    for (int i = 0; i < count; i++) {
      if (at + ENTRY > directory.length || !ContainerBytes.holds(directory, at, "PK\1\2")) {
        throw new CorruptImageException(
            file.name(), position + at, "no entry of the ZIP directory where one should be");
      }
      int nameLength = LittleEndian.u16(directory, at + 28);
      int extraLength = LittleEndian.u16(directory, at + 30);
      int commentLength = LittleEndian.u16(directory, at + 32);
      int next = at + ENTRY + nameLength + extraLength + commentLength;
      if (next > directory.length) {
        throw new CorruptImageException(
            file.name(), position + at, "an entry of the ZIP directory leaves it");
      }
      String name = new String(directory, at + ENTRY, nameLength, StandardCharsets.UTF_8);
      ZipMember member = member(directory, at, name, nameLength, extraLength, base);
      if (member.size() < 0
          || member.storedSize() < 0
          || member.headerOffset() < 0
          || member.storedSize() > file.size() - member.headerOffset()) {
        throw new CorruptImageException(
            file.name(), position + at, "the ZIP member " + name + " lies outside the file");
      }
      members.remove(name);
      members.put(name, member);
      at = next;
    }
    return members;
  }

  private static ZipMember member(
      byte[] directory, int at, String name, int nameLength, int extraLength, long base) {
    long stored = LittleEndian.u32(directory, at + 20);
    long size = LittleEndian.u32(directory, at + 24);
    long header = LittleEndian.u32(directory, at + 42);
    int extra = at + ENTRY + nameLength;
    int end = extra + extraLength;
    while (extra + 4 <= end) {
      int length = LittleEndian.u16(directory, extra + 2);
      int field = extra + 4;
      int fieldEnd = Math.min(end, field + length);
      if (LittleEndian.u16(directory, extra) == 1) {
        // Only the values that did not fit their 32 bits are here, in this order.
        if (size == NOT_HERE_32 && field + 8 <= fieldEnd) {
          size = LittleEndian.i64(directory, field);
          field += 8;
        }
        if (stored == NOT_HERE_32 && field + 8 <= fieldEnd) {
          stored = LittleEndian.i64(directory, field);
          field += 8;
        }
        if (header == NOT_HERE_32 && field + 8 <= fieldEnd) {
          header = LittleEndian.i64(directory, field);
        }
      }
      extra += 4 + length;
    }
    long crc = LittleEndian.u32(directory, at + 16);
    int method = LittleEndian.u16(directory, at + 10);
    return new ZipMember(name, method, stored, size, crc, header + base);
  }

  /** The file's comment; AFF4 keeps the name of the volume there. */
  public String comment() {
    return comment;
  }

  /** All members in the order of the directory. */
  public Collection<ZipMember> members() {
    return Collections.unmodifiableCollection(members.values());
  }

  /** A member by its exact name. */
  public Optional<ZipMember> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** Where the bytes of a member begin in the file. */
  public long dataOffset(ZipMember member) throws IOException {
    byte[] header =
        ContainerBytes.read(file, member.headerOffset(), 30, "the header of " + member.name());
    if (!ContainerBytes.holds(header, 0, "PK\3\4")) {
      throw new CorruptImageException(
          file.name(),
          member.headerOffset(),
          "no header of the ZIP member " + member.name() + " where one should be");
    }
    long data =
        member.headerOffset() + 30 + LittleEndian.u16(header, 26) + LittleEndian.u16(header, 28);
    if (member.storedSize() > file.size() - data) {
      throw new CorruptImageException(
          file.name(), data, "the file ends inside the ZIP member " + member.name());
    }
    return data;
  }

  /**
   * The unpacked bytes of a member that is small enough for the heap.
   *
   * @throws CorruptImageException also when they do not match their checksum
   */
  public byte[] content(ZipMember member) throws IOException {
    if (member.size() > MAX_UNPACKED || member.storedSize() > MAX_UNPACKED) {
      throw new CorruptImageException(
          file.name(),
          member.headerOffset(),
          "the ZIP member " + member.name() + " has " + member.size() + " bytes, too many for it");
    }
    if (!member.isStored() && member.size() > (member.storedSize() + 1) * MAX_RATIO) {
      // Else a short file could ask for as much heap as there is.
      throw new CorruptImageException(
          file.name(),
          member.headerOffset(),
          "the ZIP member "
              + member.name()
              + " cannot have "
              + member.size()
              + " bytes: "
              + member.storedSize()
              + " are stored");
    }
    byte[] stored =
        ContainerBytes.read(
            file, dataOffset(member), (int) member.storedSize(), "the member " + member.name());
    byte[] content = unpack(member, stored);
    CRC32 crc = new CRC32();
    crc.update(content);
    if (member.crc() != 0 && member.crc() != crc.getValue()) {
      throw new CorruptImageException(
          file.name(),
          member.headerOffset(),
          "the ZIP member " + member.name() + " does not match its CRC-32");
    }
    return content;
  }

  private byte[] unpack(ZipMember member, byte[] stored) throws CorruptImageException {
    return switch (member.method()) {
      case 0 -> stored;
      case 8 -> inflate(member, stored);
      default ->
          throw new CorruptImageException(
              file.name(),
              member.headerOffset(),
              "the ZIP member " + member.name() + " is packed with method " + member.method());
    };
  }

  private byte[] inflate(ZipMember member, byte[] stored) throws CorruptImageException {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stored);
      byte[] bytes = new byte[(int) member.size()];
      int done = 0;
      while (done < bytes.length) {
        int count = inflater.inflate(bytes, done, bytes.length - done);
        if (count == 0) {
          break;
        }
        done += count;
      }
      if (done == bytes.length) {
        return bytes;
      }
    } catch (DataFormatException e) {
      // Reported below, with the place.
    } finally {
      inflater.end();
    }
    throw new CorruptImageException(
        file.name(), member.headerOffset(), "the ZIP member " + member.name() + " is damaged");
  }
}
