package io.memlake.engine.objects.filerecord;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import java.util.Arrays;
import java.util.List;

/** One attribute of a record; see {@code ATTRIBUTE_RECORD_HEADER}. */
public final class Attribute {
  /** Flag: stored compressed. */
  public static final int COMPRESSED = 0x0001;

  /** Flag: encrypted by EFS. */
  public static final int ENCRYPTED = 0x4000;

  /** Flag: has ranges without clusters. */
  public static final int SPARSE = 0x8000;

  private static final int HEADER = 16;
  private static final int RESIDENT_HEADER = 24;
  private static final int NON_RESIDENT_HEADER = 64;
  private static final int ALIGNMENT = 8;

  private final byte[] record;
  private final int at;
  private final int length;

  private Attribute(byte[] record, int at, int length) {
    this.record = record;
    this.at = at;
    this.length = length;
  }

  /** The attribute at {@code at}, or null when there is none or it does not fit. */
  static Attribute parse(byte[] record, int at, int to) {
    if (to - at < HEADER || LittleEndian.i32(record, at) == AttributeTypes.END) {
      return null;
    }
    int length = LittleEndian.i32(record, at + 4);
    if (length < RESIDENT_HEADER || length % ALIGNMENT != 0 || length > to - at) {
      return null;
    }
    Attribute attribute = new Attribute(record, at, length);
    return attribute.fits() ? attribute : null;
  }

  private boolean fits() {
    int nameEnd = LittleEndian.u16(record, at + 10) + nameLength() * Character.BYTES;
    if (nameLength() > 0 && nameEnd > length) {
      return false;
    }
    if (!resident()) {
      return length >= NON_RESIDENT_HEADER && LittleEndian.u16(record, at + 32) <= length;
    }
    long valueEnd = LittleEndian.u16(record, at + 20) + LittleEndian.u32(record, at + 16);
    return valueEnd <= length;
  }

  /** Bytes of the attribute in its record. */
  int length() {
    return length;
  }

  private int nameLength() {
    return LittleEndian.u8(record, at + 9);
  }

  /** Type, see {@link AttributeTypes}. */
  public int type() {
    return LittleEndian.i32(record, at);
  }

  /** Number that tells attributes of one record apart. */
  public int id() {
    return LittleEndian.u16(record, at + 14);
  }

  /** Its name; empty for the unnamed one, {@code $I30} for directories. */
  public String name() {
    int size = nameLength() * Character.BYTES;
    return size == 0 ? "" : Utf16.text(record, at + LittleEndian.u16(record, at + 10), size);
  }

  /** Bits, see {@link #COMPRESSED}. */
  public int flags() {
    return LittleEndian.u16(record, at + 12);
  }

  /** Whether its content stands in the record. */
  public boolean resident() {
    return record[at + 8] == 0;
  }

  /** The content of a resident attribute; empty for others. */
  public byte[] value() {
    if (!resident()) {
      return new byte[0];
    }
    int from = at + LittleEndian.u16(record, at + 20);
    return Arrays.copyOfRange(record, from, from + LittleEndian.i32(record, at + 16));
  }

  /**
   * Number of the first cluster of the attribute that this part describes; 0 for the first part,
   * which alone knows the sizes.
   */
  public long firstCluster() {
    return resident() ? 0 : LittleEndian.i64(record, at + 16);
  }

  /** Bytes of content. */
  public long size() {
    return resident() ? LittleEndian.u32(record, at + 16) : LittleEndian.i64(record, at + 48);
  }

  /** Bytes of the clusters that it takes; 0 for a resident attribute. */
  public long allocatedSize() {
    return resident() ? 0 : LittleEndian.i64(record, at + 40);
  }

  /** Bytes that were ever written; what lies behind reads as zeros. */
  public long initializedSize() {
    return resident() ? size() : LittleEndian.i64(record, at + 56);
  }

  /** Where the content is; empty for a resident attribute. */
  public List<DataRun> runs() {
    return resident()
        ? List.of()
        : MappingPairs.read(record, at + LittleEndian.u16(record, at + 32), at + length);
  }
}
