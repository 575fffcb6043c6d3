package io.memlake.engine.objects.filerecord;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One record of the master file table.
 *
 * <pre>
 *  0 "FILE" or "BAAD"        20 offset of the first attribute   32 base record
 *  4 offset of update array  22 flags                           40 next attribute id
 *  6 its length              24 bytes in use                    44 record number (XP and later)
 *  8 log sequence number     28 bytes of the record
 * 16 sequence  18 hard links
 * </pre>
 */
public final class FileRecord {
  /** Largest record: volumes on disks with sectors of 4096 bytes. */
  public static final int MAX_SIZE = 4096;

  /** Value of {@link #number()} when the record does not say it. */
  public static final long NO_NUMBER = -1;

  private static final int FILE = 0x454C4946;
  private static final int BAAD = 0x44414142;
  private static final int IN_USE = 1;
  private static final int DIRECTORY = 2;
  private static final int NUMBER = 44;
  private static final int NUMBER_END = 48;
  private static final int HEADER = 42;

  private final byte[] bytes;
  private final SectorState sectors;
  private final List<Attribute> attributes;
  private final boolean whole;

  private FileRecord(byte[] bytes, SectorState sectors, List<Attribute> attributes, boolean whole) {
    this.bytes = bytes;
    this.sectors = sectors;
    this.attributes = attributes;
    this.whole = whole;
  }

  /**
   * Reads the record at {@code at}.
   *
   * @param length bytes that are there
   * @return empty when there is no record, or it is cut off
   */
  public static Optional<FileRecord> parse(byte[] bytes, int at, int length) {
    if (length < UpdateSequence.SECTOR) {
      return Optional.empty();
    }
    int signature = LittleEndian.i32(bytes, at);
    if (signature != FILE && signature != BAAD) {
      return Optional.empty();
    }
    int size = UpdateSequence.protectedSize(bytes, at, length);
    int allocated = LittleEndian.i32(bytes, at + 28);
    int used = LittleEndian.i32(bytes, at + 24);
    int first = LittleEndian.u16(bytes, at + 20);
    boolean sane =
        size == allocated
            && size <= Math.min(length, MAX_SIZE)
            && used >= HEADER
            && used <= size
            && first >= HEADER
            && first % 8 == 0
            && first <= used;
    if (!sane) {
      return Optional.empty();
    }
    byte[] record = Arrays.copyOfRange(bytes, at, at + size);
    SectorState sectors = UpdateSequence.restore(record);
    List<Attribute> attributes = new ArrayList<>();
    int place = first;
    for (Attribute next; (next = Attribute.parse(record, place, used)) != null; ) {
      attributes.add(next);
      place += next.length();
    }
    boolean whole =
        used - place >= Integer.BYTES && LittleEndian.i32(record, place) == AttributeTypes.END;
    return Optional.of(new FileRecord(record, sectors, List.copyOf(attributes), whole));
  }

  /** Bytes of the record: 1024 or 4096. */
  public int size() {
    return bytes.length;
  }

  /** Number of the record, or {@link #NO_NUMBER} before Windows XP. */
  public long number() {
    return LittleEndian.u16(bytes, 4) >= NUMBER_END
        ? LittleEndian.u32(bytes, NUMBER) | (long) LittleEndian.u16(bytes, HEADER) << Integer.SIZE
        : NO_NUMBER;
  }

  /** How often the record had been freed. */
  public int sequence() {
    return LittleEndian.u16(bytes, 16);
  }

  /** Log sequence number of its last change: the larger, the newer, within a volume. */
  public long logSequenceNumber() {
    return LittleEndian.i64(bytes, 8);
  }

  /** Number of names. */
  public int hardLinks() {
    return LittleEndian.u16(bytes, 18);
  }

  /** Whether a file has it; otherwise it was deleted. */
  public boolean inUse() {
    return (LittleEndian.u16(bytes, 22) & IN_USE) != 0;
  }

  /** Whether the file is a directory. */
  public boolean directory() {
    return (LittleEndian.u16(bytes, 22) & DIRECTORY) != 0;
  }

  /** Whether a check of the disk found it damaged ("BAAD"). */
  public boolean bad() {
    return LittleEndian.i32(bytes, 0) == BAAD;
  }

  /** What the ends of its sectors say. */
  public SectorState sectors() {
    return sectors;
  }

  /** Whether all attributes up to the mark at their end could be read. */
  public boolean whole() {
    return whole;
  }

  /** The record whose attributes it continues; none for a record that stands by itself. */
  public FileReference base() {
    return FileReference.of(LittleEndian.i64(bytes, 32));
  }

  /** The attributes in their order. */
  public List<Attribute> attributes() {
    return attributes;
  }

  /** Times and flags; empty when the record has none. */
  public Optional<StandardInformation> standardInformation() {
    return attributes.stream()
        .filter(attribute -> attribute.type() == AttributeTypes.STANDARD_INFORMATION)
        .findFirst()
        .flatMap(attribute -> StandardInformation.parse(attribute.value()));
  }

  /** All names, of all namespaces. */
  public List<FileName> names() {
    List<FileName> names = new ArrayList<>();
    for (Attribute attribute : attributes) {
      if (attribute.type() == AttributeTypes.FILE_NAME) {
        byte[] value = attribute.value();
        FileName.parse(value, 0, value.length).ifPresent(names::add);
      }
    }
    return names;
  }

  /** Where attributes in other records are; empty when there is no list, or it is not resident. */
  public List<AttributeListEntry> attributeList() {
    return attributes.stream()
        .filter(attribute -> attribute.type() == AttributeTypes.ATTRIBUTE_LIST)
        .findFirst()
        .map(attribute -> AttributeListEntry.parse(attribute.value()))
        .orElse(List.of());
  }

  /** Entries of a small directory, or of the top of a large one. */
  public List<IndexEntry> indexRoot() {
    return attributes.stream()
        .filter(attribute -> attribute.type() == AttributeTypes.INDEX_ROOT)
        .filter(attribute -> attribute.name().equals(IndexEntries.DIRECTORY))
        .findFirst()
        .map(attribute -> IndexEntries.ofRoot(attribute.value()))
        .orElse(List.of());
  }

  /** Label of the volume; only the record {@code $Volume} has one. */
  public Optional<String> volumeName() {
    return attributes.stream()
        .filter(attribute -> attribute.type() == AttributeTypes.VOLUME_NAME)
        .findFirst()
        .map(attribute -> Utf16.text(attribute.value(), 0, attribute.value().length));
  }

  /** Names that stand in the unused part: left over from entries of the directory. */
  public List<FileName> namesInSlack() {
    return SlackNames.find(bytes, LittleEndian.i32(bytes, 24), bytes.length);
  }
}
