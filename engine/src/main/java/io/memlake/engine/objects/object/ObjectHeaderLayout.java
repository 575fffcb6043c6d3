package io.memlake.engine.objects.object;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the headers before an object are laid out in one kernel.
 *
 * <p>Since Windows 7 a mask names the optional headers; its bits are numbered over those header
 * types that the kernel has. Before, three bytes held their distances. Either way the header itself
 * says how far it lies behind the start of its allocation, which tells real headers from chance.
 */
public final class ObjectHeaderLayout {
  /** Largest distance between the pool header and the object header that is searched. */
  public static final int MAXIMUM_DISTANCE = 0x200;

  private static final String PADDING = "_OBJECT_HEADER_PADDING_INFO";

  private static final String NAME = "_OBJECT_HEADER_NAME_INFO";

  /** Optional headers from the object header downwards, in the order of their mask bits. */
  private static final String[] OPTIONAL_HEADERS = {
    "_OBJECT_HEADER_CREATOR_INFO",
    NAME,
    "_OBJECT_HEADER_HANDLE_INFO",
    "_OBJECT_HEADER_QUOTA_INFO",
    "_OBJECT_HEADER_PROCESS_INFO",
    "_OBJECT_HEADER_AUDIT_INFO",
    "_OBJECT_HEADER_EXTENDED_INFO",
    PADDING
  };

  private static final int CREATOR_FLAG = 4;

  private final int body;
  private final int infoMask;
  private final int typeIndex;
  private final int pointerCount;
  private final int[] oldOffsets;
  private final int oldFlags;
  private final int creatorSize;
  private final int[] sizes;
  private final int paddingBit;
  private final int nameBit;
  private final int nameText;
  private final int nameDirectory;
  private final int handleCount;
  private final int typePointer;
  private final int pointerSize;

  private ObjectHeaderLayout(StructType header, SymbolTable symbols) {
    pointerSize = symbols.pointerSize();
    body = header.offsetOf("Body");
    infoMask = offset(header, "InfoMask");
    typeIndex = offset(header, "TypeIndex");
    pointerCount = offset(header, "PointerCount");
    handleCount = offset(header, "HandleCount");
    typePointer = offset(header, "Type");
    oldFlags = offset(header, "Flags");
    oldOffsets =
        new int[] {
          offset(header, "NameInfoOffset"),
          offset(header, "HandleInfoOffset"),
          offset(header, "QuotaInfoOffset")
        };
    creatorSize = symbols.findStruct(OPTIONAL_HEADERS[0]).map(StructType::size).orElse(0x20);
    List<Integer> found = new ArrayList<>();
    int padding = -1;
    int named = -1;
    for (String name : OPTIONAL_HEADERS) {
      Optional<StructType> optional = symbols.findStruct(name);
      if (optional.isEmpty() && name.equals("_OBJECT_HEADER_EXTENDED_INFO")) {
        optional = symbols.findStruct("_OBJECT_HEADER_HANDLE_REVOCATION_INFO");
      }
      if (optional.isPresent()) {
        padding = name.equals(PADDING) ? found.size() : padding;
        named = name.equals(NAME) ? found.size() : named;
        found.add(optional.get().size());
      }
    }
    sizes = found.stream().mapToInt(Integer::intValue).toArray();
    paddingBit = padding < 0 ? 0 : 1 << padding;
    nameBit = named;
    Optional<StructType> name = symbols.findStruct(NAME);
    nameText = name.map(type -> offset(type, "Name")).orElse(-1);
    nameDirectory = name.map(type -> offset(type, "Directory")).orElse(-1);
  }

  private static int offset(StructType type, String field) {
    return type.find(field).map(FieldType::offset).orElse(-1);
  }

  /**
   * Looks the headers up.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the header
   */
  public static ObjectHeaderLayout resolve(SymbolTable symbols) {
    return new ObjectHeaderLayout(symbols.struct("_OBJECT_HEADER"), symbols);
  }

  /** Bytes between the start of the object header and the object. */
  public int body() {
    return body;
  }

  /** Whether headers carry an encoded type index; before Windows 7 they carry an address. */
  public boolean hasTypeIndex() {
    return typeIndex >= 0;
  }

  /** The type index as it is stored. */
  public int storedTypeIndex(byte[] bytes, int header) {
    return LittleEndian.u8(bytes, header + typeIndex);
  }

  /** References to the object; 0 after its deletion. */
  public long pointerCount(byte[] bytes, int header) {
    return count(bytes, header + pointerCount);
  }

  /** Open handles to the object; meaningless after its deletion. */
  public long handleCount(byte[] bytes, int header) {
    return count(bytes, header + handleCount);
  }

  /** Address of the type of the object, before Windows 7; 0 later. */
  public long typeAddress(byte[] bytes, int header) {
    return hasTypeIndex() || typePointer < 0
        ? 0
        : new PointerField(typePointer, pointerSize).in(bytes, header);
  }

  /** Counts are signed and as wide as addresses. */
  private long count(byte[] bytes, int at) {
    return pointerSize == Long.BYTES ? LittleEndian.i64(bytes, at) : LittleEndian.i32(bytes, at);
  }

  /**
   * How many bytes before the object header its {@code _OBJECT_HEADER_NAME_INFO} starts.
   *
   * @return 0 when the object has no name, or the symbols do not know where names are
   */
  public int nameDistance(byte[] bytes, int header) {
    if (nameText < 0) {
      return 0;
    }
    if (infoMask < 0) {
      return oldOffsets[0] < 0 ? 0 : LittleEndian.u8(bytes, header + oldOffsets[0]);
    }
    int mask = LittleEndian.u8(bytes, header + infoMask);
    if (nameBit < 0 || (mask & 1 << nameBit) == 0) {
      return 0;
    }
    int sum = 0;
    for (int bit = 0; bit <= nameBit; bit++) {
      sum += (mask & 1 << bit) == 0 ? 0 : sizes[bit];
    }
    return sum;
  }

  /** Offset of the name in {@code _OBJECT_HEADER_NAME_INFO}. */
  public int nameText() {
    return nameText;
  }

  /** Offset of the directory that holds the object in {@code _OBJECT_HEADER_NAME_INFO}, or -1. */
  public int nameDirectory() {
    return nameDirectory;
  }

  /**
   * Bytes of optional headers before the object header at {@code header}, by what it says itself.
   *
   * @param start where the allocation's data begin in {@code bytes}, for the padding that is
   *     written there
   * @return -1 when it says nothing sensible
   */
  public int optionalBytes(byte[] bytes, int start, int header) {
    return infoMask >= 0 ? byMask(bytes, start, header) : byOffsets(bytes, header);
  }

  private int byMask(byte[] bytes, int start, int header) {
    int mask = LittleEndian.u8(bytes, header + infoMask);
    if (mask >>> sizes.length != 0) {
      return -1;
    }
    int sum = 0;
    for (int bit = 0; bit < sizes.length; bit++) {
      if ((mask & 1 << bit) != 0 && (1 << bit) != paddingBit) {
        sum += sizes[bit];
      }
    }
    if ((mask & paddingBit) != 0) {
      // The first number of the allocation says how many bytes were put there for alignment.
      long padding = LittleEndian.u32(bytes, start);
      return padding <= MAXIMUM_DISTANCE ? sum + (int) padding : -1;
    }
    return sum;
  }

  private int byOffsets(byte[] bytes, int header) {
    int farthest = 0;
    for (int offset : oldOffsets) {
      farthest = Math.max(farthest, offset < 0 ? 0 : LittleEndian.u8(bytes, header + offset));
    }
    boolean creator =
        oldFlags >= 0 && (LittleEndian.u8(bytes, header + oldFlags) & CREATOR_FLAG) != 0;
    return Math.max(farthest, creator ? creatorSize : 0);
  }
}
