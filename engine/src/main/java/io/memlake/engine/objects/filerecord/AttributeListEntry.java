package io.memlake.engine.objects.filerecord;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import java.util.ArrayList;
import java.util.List;

/**
 * Says in which record an attribute of a file is.
 *
 * @param type of the attribute
 * @param name of the attribute
 * @param firstCluster first cluster of the attribute that the part describes
 * @param record where the part is
 * @param id of the part in that record
 */
public record AttributeListEntry(
    int type, String name, long firstCluster, FileReference record, int id) {
  private static final int FIXED = 26;

  /** The entries of a list that is resident. */
  static List<AttributeListEntry> parse(byte[] value) {
    List<AttributeListEntry> entries = new ArrayList<>();
    int at = 0;
    while (value.length - at >= FIXED) {
      int length = LittleEndian.u16(value, at + 4);
      int nameLength = LittleEndian.u8(value, at + 6) * Character.BYTES;
      int name = at + LittleEndian.u8(value, at + 7);
      if (length < FIXED || length > value.length - at || name + nameLength > value.length) {
        break;
      }
      entries.add(
          new AttributeListEntry(
              LittleEndian.i32(value, at),
              Utf16.text(value, name, nameLength),
              LittleEndian.i64(value, at + 8),
              FileReference.of(LittleEndian.i64(value, at + 16)),
              LittleEndian.u16(value, at + 24)));
      at += length;
    }
    return List.copyOf(entries);
  }
}
