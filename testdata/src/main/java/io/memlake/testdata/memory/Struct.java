package io.memlake.testdata.memory;

import io.memlake.testdata.layout.FieldLayout;
import io.memlake.testdata.layout.StructLayout;

/**
 * A structure at an address, written field by field.
 *
 * @param space where it lies
 * @param address virtual address of its first byte
 * @param layout its fields
 */
public record Struct(AddressSpace space, long address, StructLayout layout) {

  /** Sets a field, or its bits, to a number. */
  public Struct set(String path, long value) {
    FieldLayout field = layout.field(path);
    long at = address + field.offset();
    if (field.isBits()) {
      long mask = field.bitLength() == Long.SIZE ? -1 : (1L << field.bitLength()) - 1;
      long word = space.readNumber(at, field.size()) & ~(mask << field.bitPosition());
      space.writeNumber(at, field.size(), word | (value & mask) << field.bitPosition());
    } else {
      space.writeNumber(at, field.size(), value);
    }
    return this;
  }

  /** Sets a field if this kernel has it. */
  public Struct setIfPresent(String path, long value) {
    return layout.has(path) ? set(path, value) : this;
  }

  /** Virtual address of a field. */
  public long addressOf(String path) {
    return address + layout.offset(path);
  }

  /** Writes a {@code _UNICODE_STRING} (x64: length, maximum length, buffer) into a field. */
  public Struct setUnicodeString(String path, int bytes, int maximumBytes, long buffer) {
    long at = addressOf(path);
    space.writeNumber(at, Short.BYTES, bytes);
    space.writeNumber(at + Short.BYTES, Short.BYTES, maximumBytes);
    space.writeLong(at + Long.BYTES, buffer);
    return this;
  }

  /** Makes a {@code _LIST_ENTRY} field an empty list: both links point to itself. */
  public Struct setEmptyList(String path) {
    return setLinks(path, addressOf(path), addressOf(path));
  }

  /** Makes a {@code _LIST_ENTRY} field an empty list if this kernel has it. */
  public Struct setEmptyListIfPresent(String path) {
    return layout.has(path) ? setEmptyList(path) : this;
  }

  /** Sets both links of a {@code _LIST_ENTRY} field. */
  public Struct setLinks(String path, long flink, long blink) {
    space.writeLong(addressOf(path), flink);
    space.writeLong(addressOf(path) + Long.BYTES, blink);
    return this;
  }
}
