package io.memlake.engine.objects.handle;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import java.util.Optional;

/**
 * How one kernel packs a {@code _HANDLE_TABLE_ENTRY}.
 *
 * <p>Up to Windows 7 the address stands there with flags in its low three bits. Since Windows 8 its
 * middle bits stand in {@code ObjectPointerBits}: 42 bits of units of 8 bytes in Windows 8, 44 bits
 * of units of 16 bytes since 8.1; 29 bits of units of 8 bytes in 32-bit kernels.
 */
final class HandleEntryLayout {
  private static final int ADDRESS_BITS = 48;
  private static final int OLD_FLAGS = 7;
  private static final int OLD_INHERIT_AND_AUDIT = 6;
  private static final long OLD_PROTECT_FROM_CLOSE = 0x0200_0000L;
  private static final int BITS_OF_WINDOWS_8 = 42;
  private static final int UNIT_SHIFT_OF_WINDOWS_8 = 3;
  private static final long ADDRESS_32 = 0xFFFF_FFFFL;

  private final int size;
  private final Optional<BitsField> pointerBits;
  private final int unitShift;
  private final int object;
  private final int access;
  private final long accessMask;
  private final Optional<BitsField> attributes;
  private final boolean wide;

  private HandleEntryLayout(StructType type, int pointerSize) {
    this.size = type.size();
    this.wide = pointerSize == Long.BYTES;
    this.pointerBits = type.findBits("ObjectPointerBits");
    this.attributes = pointerBits.isPresent() ? type.findBits("Attributes") : Optional.empty();
    if (pointerBits.isPresent()) {
      int bits = Long.bitCount(pointerBits.get().mask());
      this.unitShift =
          !wide || bits == BITS_OF_WINDOWS_8 ? UNIT_SHIFT_OF_WINDOWS_8 : ADDRESS_BITS - bits;
      this.object = pointerBits.get().offset();
      FieldType granted = type.field("GrantedAccessBits");
      this.access = granted.offset();
      this.accessMask = granted.isBitField() ? (1L << granted.bitLength()) - 1 : 0xFFFF_FFFFL;
    } else {
      this.unitShift = 0;
      this.object = type.offsetOf("Object");
      this.access = type.offsetOf("GrantedAccess");
      this.accessMask = 0xFFFF_FFFFL;
    }
  }

  /**
   * Looks the fields up.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack the entry
   */
  static HandleEntryLayout resolve(SymbolTable symbols) {
    return new HandleEntryLayout(symbols.struct("_HANDLE_TABLE_ENTRY"), symbols.pointerSize());
  }

  /** Bytes of an entry. */
  int size() {
    return size;
  }

  /** The handle of the entry at {@code at}; null for a free one. */
  Handle handle(byte[] bytes, int at, long value) {
    long low = wide ? LittleEndian.i64(bytes, at + object) : LittleEndian.u32(bytes, at + object);
    long granted = LittleEndian.u32(bytes, at + access);
    long target = target(low);
    if (target == 0) {
      return null;
    }
    return new Handle(value, target, granted & accessMask, attributes(low, granted));
  }

  private long target(long low) {
    if (pointerBits.isEmpty()) {
      return low & ~OLD_FLAGS;
    }
    long bits = pointerBits.get().of(low);
    if (bits == 0) {
      return 0;
    }
    long address = bits << unitShift;
    if (!wide) {
      return address & ADDRESS_32;
    }
    // The bits above are copies of the highest one: kernel addresses.
    return address | (-1L << (Long.bitCount(pointerBits.get().mask()) + unitShift - 1));
  }

  private int attributes(long low, long granted) {
    if (attributes.isPresent()) {
      return (int) attributes.get().of(low);
    }
    if (pointerBits.isPresent()) {
      return 0;
    }
    return (int) (low & OLD_INHERIT_AND_AUDIT) | ((granted & OLD_PROTECT_FROM_CLOSE) != 0 ? 1 : 0);
  }
}
