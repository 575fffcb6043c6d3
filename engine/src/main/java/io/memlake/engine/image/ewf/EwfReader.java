package io.memlake.engine.image.ewf;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.chunk.Codec;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Adler32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the sections of segment files, one after the other.
 *
 * <pre>
 * segment = "EVF\t\r\n\xFF\0", u8 1, u16 number, u16 0, sections from offset 13
 * section = char[16] type, u64 offset of the next, u64 size, 40 bytes, u32 Adler-32; then its body
 * volume  : u8 media, u32 chunks @4, u32 sectors a chunk @8, u32 bytes a sector @12, u64 sectors @16
 * sectors : chunks
 * table   : u32 n, u64 base @8, u32 Adler-32 @20, n x u32 offset @24 (bit 31: compressed)
 * error2  : u32 n, entries of {u32 first sector, u32 count} @520
 * hash    : MD5; digest: MD5, SHA-1
 * </pre>
 */
final class EwfReader {
  private static final int SECTION = 76;
  private static final int TABLE_HEADER = 24;
  private static final int MAX_SECTIONS = 1 << 20;

  /** Entries of one table; EnCase writes 16 375, others more. */
  private static final int MAX_ENTRIES = 1 << 22;

  private static final int MAX_CHUNK = 16 << 20;
  private static final int MAX_BAD = 1 << 20;
  private static final long COMPRESSED = 0x8000_0000L;

  private final ChunkedBytes.Builder chunks;
  private final Map<String, String> facts = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<PageRun> badFrames = new ArrayList<>();
  private long chunkCount;
  private long chunkSize;
  private long bytesPerSector;
  private long sectorCount;
  private long chunksRead;

  EwfReader(String name) {
    chunks = new ChunkedBytes.Builder(name);
  }

  private record Section(String type, long at, long next, long size) {
    long body() {
      return at + SECTION;
    }

    long end() {
      return at + size;
    }
  }

  /**
   * Reads a segment.
   *
   * @return whether another segment follows
   */
  boolean addSegment(ByteSource file, int number) throws IOException {
    byte[] header = ContainerBytes.read(file, 0, 13, "the segment header");
    if (LittleEndian.u16(header, 9) != number) {
      throw new CorruptImageException(
          file.name(),
          9,
          "this is segment " + LittleEndian.u16(header, 9) + ", segment " + number + " is needed");
    }
    int fileNumber = chunks.addFile(file.name());
    long at = 13;
    Section sectors = null;
    boolean tableTaken = false;
    for (int i = 0; i < MAX_SECTIONS; i++) {
      Section section = section(file, at);
      switch (section.type) {
        case "volume", "disk" -> volume(file, section);
        case "sectors" -> {
          sectors = section;
          tableTaken = false;
        }
        case "table", "table2" -> {
          if (!tableTaken) {
            tableTaken = table(file, fileNumber, section, sectors);
          }
        }
        case "error2" -> errors(file, section);
        case "hash" -> hash(file, section, 0, 16, "md5");
        case "digest" -> {
          hash(file, section, 0, 16, "md5");
          hash(file, section, 16, 20, "sha1");
        }
        case "next" -> {
          return true;
        }
        default -> {
          // Case data and session tables say nothing about memory.
        }
      }
      if (section.type.equals("done") || section.next <= at || section.next >= file.size()) {
        return false;
      }
      at = section.next;
    }
    throw new CorruptImageException(file.name(), at, "more than " + MAX_SECTIONS + " sections");
  }

  private Section section(ByteSource file, long at) throws IOException {
    byte[] bytes = ContainerBytes.readUpTo(file, at, SECTION);
    if (bytes.length < SECTION) {
      warn("The segment " + file.name() + " ends before its last section");
      return new Section("done", at, at, SECTION);
    }
    Adler32 adler = new Adler32();
    adler.update(bytes, 0, SECTION - 4);
    if (adler.getValue() != LittleEndian.u32(bytes, SECTION - 4)) {
      if (chunksRead == 0) {
        throw new CorruptImageException(file.name(), at, "the section does not match its checksum");
      }
      warn("The section at " + Hex.address(at) + " of " + file.name() + " is damaged");
      return new Section("done", at, at, SECTION);
    }
    int length = 0;
    while (length < 16 && bytes[length] != 0) {
      length++;
    }
    String type = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    return new Section(type, at, LittleEndian.i64(bytes, 16), LittleEndian.i64(bytes, 24));
  }

  private void volume(ByteSource file, Section section) throws IOException {
    if (chunkSize != 0) {
      return;
    }
    byte[] body = ContainerBytes.read(file, section.body(), 24, "the volume section");
    chunkCount = LittleEndian.u32(body, 4);
    bytesPerSector = LittleEndian.u32(body, 12);
    chunkSize = LittleEndian.u32(body, 8) * bytesPerSector;
    sectorCount = LittleEndian.i64(body, 16);
    if (bytesPerSector == 0 || chunkSize <= 0 || chunkSize > MAX_CHUNK) {
      throw new CorruptImageException(
          file.name(), section.body(), "chunks of " + chunkSize + " bytes");
    }
    facts.put(
        "ewf_media",
        switch (body[0]) {
          case 0 -> "removable disk";
          case 1 -> "fixed disk";
          case 3 -> "optical disk";
          case 0x10 -> "memory";
          default -> "kind " + (body[0] & 0xFF);
        });
  }

  /** Returns false when the table is damaged, so that its copy is tried. */
  private boolean table(ByteSource file, int fileNumber, Section section, Section sectors)
      throws IOException {
    if (chunkSize == 0) {
      throw new CorruptImageException(file.name(), section.at, "a table before the volume");
    }
    byte[] header = ContainerBytes.read(file, section.body(), TABLE_HEADER, "the table of chunks");
    long count = LittleEndian.u32(header, 0);
    Adler32 adler = new Adler32();
    adler.update(header, 0, TABLE_HEADER - 4);
    if (count > MAX_ENTRIES
        || adler.getValue() != LittleEndian.u32(header, TABLE_HEADER - 4)
        || section.body() + TABLE_HEADER + 4 * count > file.size()) {
      warn("The table at " + Hex.address(section.at) + " of " + file.name() + " is damaged");
      return false;
    }
    byte[] entries =
        ContainerBytes.read(
            file, section.body() + TABLE_HEADER, (int) count * 4, "the table of chunks");
    long base = LittleEndian.i64(header, 8);
    // The oldest form has its chunks behind the table, in the same section.
    long first = count == 0 ? 0 : base + (LittleEndian.u32(entries, 0) & ~COMPRESSED);
    long inTable = first > section.at ? section.end() : section.at;
    long end = sectors == null ? inTable : sectors.end();
    if (base < 0 || base > file.size() || end < 0) {
      warn("The table at " + Hex.address(section.at) + " of " + file.name() + " is damaged");
      return false;
    }
    addChunks(file, fileNumber, entries, base, Math.min(end, file.size()));
    return true;
  }

  private void addChunks(ByteSource file, int fileNumber, byte[] entries, long base, long end)
      throws IOException {
    int count = entries.length / 4;
    boolean large = false;
    for (int i = 0; i < count; i++) {
      long entry = LittleEndian.u32(entries, 4 * i);
      long next = i + 1 < count ? LittleEndian.u32(entries, 4 * i + 4) : 0;
      // Segments of more than 2 GiB overflow into bit 31; what follows is not compressed.
      boolean overflows = !large && i + 1 < count && (next & ~COMPRESSED) < (entry & ~COMPRESSED);
      long offset = base + (large ? entry : entry & ~COMPRESSED);
      boolean compressed = !large && (entry & COMPRESSED) != 0;
      long stop = i + 1 == count ? end : base + (large || overflows ? next : next & ~COMPRESSED);
      large |= overflows;
      addChunk(file, fileNumber, offset, stop - offset, compressed);
    }
  }

  private void addChunk(
      ByteSource file, int fileNumber, long offset, long length, boolean compressed)
      throws IOException {
    boolean last = chunksRead + 1 == chunkCount;
    chunksRead++;
    boolean impossible =
        length <= 4 || length > chunkSize * 2 + 4096 || offset > file.size() - length;
    if (impossible) {
      warn("A chunk at " + Hex.address(offset) + " of " + file.name() + " lies outside the file");
      chunks.add(fileNumber, 0, 0, Codec.MISSING, chunkSize);
      return;
    }
    long decoded = chunkSize;
    if (last) {
      decoded = compressed ? inflatedLength(file, offset, (int) length) : length - 4;
      decoded = Math.max(1, Math.min(chunkSize, decoded));
    }
    chunks.add(fileNumber, offset, length, compressed ? Codec.ZLIB : Codec.STORED_ADLER, decoded);
  }

  /** The last chunk may be shorter, and the volume may count its sectors wrongly. */
  private long inflatedLength(ByteSource file, long offset, int length) throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(ContainerBytes.read(file, offset, length, "the last chunk"));
      byte[] target = new byte[(int) chunkSize];
      int done = 0;
      while (done < target.length) {
        int count = inflater.inflate(target, done, target.length - done);
        if (count == 0) {
          break;
        }
        done += count;
      }
      return done;
    } catch (DataFormatException e) {
      return chunkSize;
    } finally {
      inflater.end();
    }
  }

  private void errors(ByteSource file, Section section) throws IOException {
    byte[] header = ContainerBytes.read(file, section.body(), 4, "the list of bad sectors");
    long count = Math.min(MAX_BAD, LittleEndian.u32(header, 0));
    byte[] entries = ContainerBytes.readUpTo(file, section.body() + 520, (int) count * 8);
    for (int at = 0; at + 8 <= entries.length; at += 8) {
      long first = LittleEndian.u32(entries, at) * bytesPerSector;
      long end = first + LittleEndian.u32(entries, at + 4) * bytesPerSector;
      long firstPfn = first >> PhysicalMemory.PAGE_SHIFT;
      long endPfn = (end + PhysicalMemory.PAGE_SIZE - 1) >> PhysicalMemory.PAGE_SHIFT;
      if (endPfn > firstPfn && endPfn < PageRun.MAX_PFN) {
        badFrames.add(new PageRun(firstPfn, endPfn - firstPfn, PageState.UNREADABLE));
      }
    }
  }

  private void hash(ByteSource file, Section section, int offset, int length, String name)
      throws IOException {
    byte[] body = ContainerBytes.readUpTo(file, section.body(), offset + length);
    if (body.length == offset + length && !isZero(body, offset)) {
      facts.put(
          "stored_" + name,
          Hex.bytes(Arrays.copyOfRange(body, offset, body.length)).toLowerCase(Locale.ROOT));
    }
  }

  private static boolean isZero(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private void warn(String warning) {
    if (warnings.size() < 50) {
      warnings.add(warning);
    }
  }

  EwfMedia media(String file) throws IOException {
    if (chunksRead == 0) {
      throw new CorruptImageException(file, 13, "the image holds no chunks");
    }
    long missing = Math.max(0, chunkCount - chunksRead);
    if (missing > 0) {
      warn("Only " + chunksRead + " of " + chunkCount + " chunks are there; segments are missing");
    }
    long said = sectorCount * bytesPerSector;
    if (missing == 0 && said != chunks.size()) {
      warn("The volume counts " + said + " bytes, its chunks hold " + chunks.size());
    }
    return new EwfMedia(chunks.build(), missing, chunkSize, badFrames, facts, warnings);
  }
}
