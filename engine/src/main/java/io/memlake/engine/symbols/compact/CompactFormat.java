package io.memlake.engine.symbols.compact;

import io.memlake.engine.symbols.CorruptSymbolsException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZInputStream;
import org.tukaani.xz.XZOutputStream;

/** The frame of a compiled symbol table: magic, section lengths, packed sections. */
public final class CompactFormat {
  /** Usual ending of the file's name. */
  public static final String FILE_ENDING = ".mlsym";

  static final int CATALOG = 0;
  static final int LAYOUTS = 1;
  static final int SYMBOL_NAMES = 2;
  static final int FIRST_GROUP = 3;

  /** The table of 213 kernels and 85 drivers takes less than half a MiB. */
  static final int MAX_FILE_BYTES = 16 << 20;

  static final int MAX_SECTIONS = 4096;

  /** Unpacked; the layouts of nine build lines take 0.6 MiB. */
  static final int MAX_SECTION_BYTES = 8 << 20;

  private static final int MAX_XZ_MEMORY_KIB = 64 << 10;
  private static final int DICTIONARY_BYTES = 4 << 20;

  /** Eight bytes: name, version of the format, and an end-of-file mark against text tools. */
  private static final byte[] MAGIC = {'M', 'L', 'S', 'Y', 'M', 1, '\n', 0x1A};

  private CompactFormat() {}

  /** How many bytes {@link #isCompact} wants to see. */
  public static int magicBytes() {
    return MAGIC.length;
  }

  /** Whether a file that starts with {@code start} is a compiled symbol table. */
  public static boolean isCompact(byte[] start) {
    return start.length >= MAGIC.length
        && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  static void write(OutputStream out, List<byte[]> sections) throws IOException {
    CompactOutput header = new CompactOutput();
    header.bytes(MAGIC);
    header.number(sections.size());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] section : sections) {
      byte[] packed = pack(section);
      header.number(packed.length);
      body.write(packed);
    }
    out.write(header.toByteArray());
    body.writeTo(out);
  }

  /** The packed sections of a file. */
  static byte[][] split(String file, byte[] bytes) throws CorruptSymbolsException {
    if (!isCompact(bytes)) {
      throw new CorruptSymbolsException(file, "it is no compiled symbol table of this version");
    }
    CompactInput header = new CompactInput(file, bytes, MAGIC.length);
    int[] lengths = new int[header.count(MAX_SECTIONS)];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = header.count(MAX_FILE_BYTES);
    }
    byte[][] sections = new byte[lengths.length][];
    for (int i = 0; i < lengths.length; i++) {
      sections[i] = header.bytes(lengths[i]);
    }
    if (sections.length < FIRST_GROUP) {
      throw new CorruptSymbolsException(file, "it has only " + sections.length + " sections");
    }
    return sections;
  }

  static CompactInput unpack(String file, byte[] packed) throws CorruptSymbolsException {
    try (XZInputStream in =
        new XZInputStream(new ByteArrayInputStream(packed), MAX_XZ_MEMORY_KIB)) {
      byte[] raw = in.readNBytes(MAX_SECTION_BYTES + 1);
      if (raw.length > MAX_SECTION_BYTES) {
        throw new CorruptSymbolsException(file, "a section is larger than the format allows");
      }
      return new CompactInput(file, raw, 0);
    } catch (CorruptSymbolsException e) {
      throw e;
    } catch (IOException e) {
      throw new CorruptSymbolsException(file, "broken compression: " + e.getMessage(), e);
    }
  }

  private static byte[] pack(byte[] section) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    LZMA2Options options = new LZMA2Options(LZMA2Options.PRESET_MAX);
    options.setDictSize(
        Math.max(LZMA2Options.DICT_SIZE_MIN, Math.min(section.length, DICTIONARY_BYTES)));
    options.setPb(0);
    try (OutputStream out = new XZOutputStream(packed, options, XZ.CHECK_CRC32)) {
      out.write(section);
    }
    return packed.toByteArray();
  }
}
