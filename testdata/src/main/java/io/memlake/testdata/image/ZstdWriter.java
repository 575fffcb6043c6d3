package io.memlake.testdata.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Zstd files in frames of stored and repeated blocks, with the table of the seekable format at
 * their end. Nothing is compressed but runs of one byte: the structure is what is tested.
 */
public final class ZstdWriter {
  private static final int BLOCK = 1 << 17;
  private static final int SKIPPABLE = 0x184D2A5E;
  private static final int SEEKABLE = 0x8F92EAB1;

  private ZstdWriter() {}

  /**
   * Packs {@code content}.
   *
   * @param frameBytes content of a frame
   * @param sized whether frames tell the size of their content
   */
  public static byte[] pack(byte[] content, int frameBytes, boolean sized) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<int[]> frames = new ArrayList<>();
    for (int at = 0; at < content.length; at += frameBytes) {
      int length = Math.min(frameBytes, content.length - at);
      int before = out.size();
      frame(content, at, length, sized, out);
      frames.add(new int[] {out.size() - before, length});
    }
    ByteBuffer table =
        ByteBuffer.allocate(8 + 8 * frames.size() + 9).order(ByteOrder.LITTLE_ENDIAN);
    table.putInt(SKIPPABLE).putInt(8 * frames.size() + 9);
    frames.forEach(frame -> table.putInt(frame[0]).putInt(frame[1]));
    table.putInt(frames.size()).put((byte) 0).putInt(SEEKABLE);
    out.writeBytes(table.array());
    return out.toByteArray();
  }

  private static void frame(
      byte[] content, int from, int length, boolean sized, ByteArrayOutputStream out) {
    ByteBuffer header = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putInt(0xFD2FB528);
    header.put((byte) (sized ? 0x80 : 0)).put((byte) (11 << 3));
    if (sized) {
      header.putInt(length);
    }
    out.write(header.array(), 0, header.position());
    for (int at = from; at < from + length; at += BLOCK) {
      int size = Math.min(BLOCK, from + length - at);
      boolean same = isOneByte(content, at, size);
      int last = at + size == from + length ? 1 : 0;
      int field = last | (same ? 2 : 0) | size << 3;
      out.write(field);
      out.write(field >>> 8);
      out.write(field >>> 16);
      out.write(content, at, same ? 1 : size);
    }
  }

  private static boolean isOneByte(byte[] content, int from, int size) {
    for (int i = 1; i < size; i++) {
      if (content[from + i] != content[from]) {
        return false;
      }
    }
    return true;
  }
}
