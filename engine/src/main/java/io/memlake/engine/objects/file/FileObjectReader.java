package io.memlake.engine.objects.file;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.Optional;

/** Reads file objects of one machine. Layouts are resolved once. */
public final class FileObjectReader {
  /** {@code IO_TYPE_FILE}. */
  private static final int TYPE = 5;

  /** Largest file that NTFS makes. */
  private static final long MAX_SIZE = 1L << 44;

  private final AddressSpace space;
  private final int size;
  private final int typeOffset;
  private final int sizeOffset;
  private final int device;
  private final int sections;
  private final int deletePending;
  private final int readAccess;
  private final int writeAccess;
  private final int deleteAccess;
  private final int flags;
  private final int fileName;
  private final int dataSection;
  private final int sharedCacheMap;
  private final int imageSection;
  private final int cacheFileSize;
  private final int segment;
  private final int segmentSize;

  private FileObjectReader(Machine machine) {
    space = machine.kernelSpace();
    StructType file = machine.symbols().struct("_FILE_OBJECT");
    size = file.size();
    typeOffset = file.offsetOf("Type");
    sizeOffset = file.offsetOf("Size");
    device = file.offsetOf("DeviceObject");
    sections = file.offsetOf("SectionObjectPointer");
    deletePending = file.offsetOf("DeletePending");
    readAccess = file.offsetOf("ReadAccess");
    writeAccess = file.offsetOf("WriteAccess");
    deleteAccess = file.offsetOf("DeleteAccess");
    flags = file.offsetOf("Flags");
    fileName = file.offsetOf("FileName");
    StructType pointers = machine.symbols().struct("_SECTION_OBJECT_POINTERS");
    dataSection = pointers.offsetOf("DataSectionObject");
    sharedCacheMap = pointers.offsetOf("SharedCacheMap");
    imageSection = pointers.offsetOf("ImageSectionObject");
    cacheFileSize = optional(machine, "_SHARED_CACHE_MAP", "FileSize");
    segment = optional(machine, "_CONTROL_AREA", "Segment");
    segmentSize = optional(machine, "_SEGMENT", "SizeOfSegment");
  }

  private static int optional(Machine machine, String struct, String field) {
    return machine
        .symbols()
        .findStruct(struct)
        .flatMap(type -> type.find(field))
        .map(FieldType::offset)
        .orElse(-1);
  }

  /**
   * A reader for {@code machine}.
   *
   * @throws MissingSymbolException when the symbols lack file objects
   */
  public static FileObjectReader of(Machine machine) {
    return new FileObjectReader(machine);
  }

  /** Bytes of a file object. */
  public int size() {
    return size;
  }

  /** Whether bytes look like a file object. */
  public boolean sound(byte[] bytes) {
    return LittleEndian.u16(bytes, typeOffset) == TYPE
        && LittleEndian.u16(bytes, sizeOffset) == size
        && LittleEndian.i64(bytes, device) < 0
        && LittleEndian.i64(bytes, sections) <= 0
        && (LittleEndian.u16(bytes, fileName) & 1) == 0;
  }

  /** The file object at an address; empty when it is absent or none. */
  public Optional<FileObject> at(long address) throws IOException {
    Optional<byte[]> bytes = space.map(address, size).filter(this::sound);
    return bytes.isEmpty() ? Optional.empty() : Optional.of(of(bytes.get()));
  }

  /** The name that the object itself keeps, without its device; empty when it is absent. */
  public Optional<String> name(byte[] bytes) throws IOException {
    return UnicodeString.in(bytes, fileName).read(space).filter(text -> !text.isEmpty());
  }

  /** The file object in {@code bytes}, which must be {@link #sound}. */
  public FileObject of(byte[] bytes) throws IOException {
    long data = 0;
    long cache = 0;
    long image = 0;
    long pointers = LittleEndian.i64(bytes, sections);
    if (pointers != 0) {
      data = pointer(pointers + dataSection);
      cache = pointer(pointers + sharedCacheMap);
      image = pointer(pointers + imageSection);
    }
    return new FileObject(
        LittleEndian.u8(bytes, readAccess) != 0,
        LittleEndian.u8(bytes, writeAccess) != 0,
        LittleEndian.u8(bytes, deleteAccess) != 0,
        LittleEndian.u8(bytes, deletePending) != 0,
        LittleEndian.u32(bytes, flags),
        data,
        cache,
        image,
        fileSize(data, cache));
  }

  private long fileSize(long data, long cache) throws IOException {
    long bytes = cache == 0 || cacheFileSize < 0 ? -1 : number(cache + cacheFileSize);
    if (bytes < 0 && data != 0 && segment >= 0 && segmentSize >= 0) {
      long at = pointer(data + segment);
      bytes = at == 0 ? -1 : number(at + segmentSize);
    }
    return bytes > MAX_SIZE ? -1 : bytes;
  }

  /** A kernel pointer, 0 when it is absent or none. */
  private long pointer(long address) throws IOException {
    long pointer = number(address);
    return pointer < -1 ? pointer : 0;
  }

  /** -1 when it is absent. */
  private long number(long address) throws IOException {
    byte[] bytes = new byte[Long.BYTES];
    return space.read(address, bytes, 0, bytes.length) ? LittleEndian.i64(bytes, 0) : -1;
  }
}
