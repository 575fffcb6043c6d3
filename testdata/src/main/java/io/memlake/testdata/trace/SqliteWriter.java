package io.memlake.testdata.trace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a small SQLite database: each table has one leaf page. */
public final class SqliteWriter {
  private static final int HEADER = 100;
  private static final int LEAF = 0x0D;

  private final int pageSize;
  private final List<byte[]> schema = new ArrayList<>();
  private final List<byte[]> pages = new ArrayList<>();

  /** A database without tables. */
  public SqliteWriter(int pageSize) {
    this.pageSize = pageSize;
  }

  /**
   * Adds a table.
   *
   * @param sql the statement that makes it
   * @param rows values of each row: null, {@link Long} or {@link String}; numbered from 1 on
   */
  public SqliteWriter table(String name, String sql, List<Object[]> rows) {
    List<byte[]> cells = new ArrayList<>();
    for (Object[] row : rows) {
      cells.add(cell(cells.size() + 1L, row));
    }
    pages.add(leaf(cells, 0));
    long root = pages.size() + 1L;
    schema.add(cell(schema.size() + 1L, new Object[] {"table", name, name, root, sql}));
    return this;
  }

  /** The file. */
  public byte[] toByteArray() {
    byte[] file = Arrays.copyOf(leaf(schema, HEADER), pageSize * (pages.size() + 1));
    ByteBuffer header = ByteBuffer.wrap(file);
    header.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
    header.putShort((short) (pageSize == 65536 ? 1 : pageSize)).put((byte) 1).put((byte) 1);
    header.put((byte) 0).put((byte) 64).put((byte) 32).put((byte) 32);
    header.putInt(1).putInt(pages.size() + 1).putInt(0).putInt(0).putInt(1).putInt(4);
    header.putInt(0).putInt(0).putInt(1).position(92);
    header.putInt(1).putInt(3040001);
    for (int i = 0; i < pages.size(); i++) {
      System.arraycopy(pages.get(i), 0, file, (i + 1) * pageSize, pageSize);
    }
    return file;
  }

  /** The pages of the tables, without the first page of the file. */
  public List<byte[]> leaves() {
    return List.copyOf(pages);
  }

  private byte[] leaf(List<byte[]> cells, int from) {
    ByteBuffer page = ByteBuffer.allocate(pageSize);
    int content = pageSize;
    int pointer = from + 8;
    for (byte[] cell : cells) {
      content -= cell.length;
      if (content < pointer + Short.BYTES) {
        throw new IllegalArgumentException("More rows than a page holds");
      }
      page.put(content, cell);
      page.putShort(pointer, (short) content);
      pointer += Short.BYTES;
    }
    page.put(from, (byte) LEAF).putShort(from + 3, (short) cells.size());
    page.putShort(from + 5, (short) content);
    return page.array();
  }

  private static byte[] cell(long rowId, Object[] values) {
    TraceBytes types = new TraceBytes();
    TraceBytes content = new TraceBytes();
    for (Object value : values) {
      if (value == null) {
        types.u8(0);
      } else if (value instanceof Long number) {
        types.u8(6);
        content.u64(Long.reverseBytes(number));
      } else {
        byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
        types.add(varint(13 + 2L * text.length));
        content.add(text);
      }
    }
    // The length of the header counts itself; headers here are far below 127 bytes.
    byte[] header = new TraceBytes().u8(types.size() + 1).add(types.toByteArray()).toByteArray();
    return new TraceBytes()
        .add(varint(header.length + content.size()))
        .add(varint(rowId))
        .add(header)
        .add(content.toByteArray())
        .toByteArray();
  }

  private static byte[] varint(long value) {
    int groups = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    byte[] bytes = new byte[groups];
    for (int i = 0; i < groups; i++) {
      int shift = 7 * (groups - 1 - i);
      bytes[i] = (byte) ((value >>> shift & 0x7F) | (i < groups - 1 ? 0x80 : 0));
    }
    return bytes;
  }
}
