package io.memlake.testdata.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A minidump of one 64-bit process with all memory, as {@code procdump -ma} writes it: two modules,
 * two threads, two handles, ranges with and without bytes, and an environment block with a command
 * line.
 */
public final class MinidumpWriter {
  /** Process id. */
  public static final int PID = 4711;

  /** What the process was started with. */
  public static final String COMMAND_LINE = "\"C:\\Tools\\probe.exe\" --quiet";

  /** Address of the environment block. */
  public static final long PEB = 0x7FF6_0000_2000L;

  /** Address of a range of private memory. */
  public static final long HEAP = 0x1_2000_0000L;

  /** Length of that range. */
  public static final int HEAP_SIZE = 0x3000;

  private static final long TEB = 0x7FF6_0000_0000L;
  private static final long PARAMETERS = 0x7FF6_0000_4000L;
  private static final int DIRECTORY = 32;
  private static final int STREAMS = 8;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteBuffer directory =
      ByteBuffer.allocate(12 * STREAMS).order(ByteOrder.LITTLE_ENDIAN);
  private final Map<Long, byte[]> ranges = new LinkedHashMap<>();

  private MinidumpWriter() {}

  /**
   * Writes a dump.
   *
   * @param padded whether lists have four bytes between their count and their first record
   */
  public static void write(boolean padded, Path file) throws IOException {
    Files.write(file, new MinidumpWriter().dump(padded));
  }

  /** What lies in the range of private memory. */
  public static byte[] heap() {
    byte[] heap = new byte[HEAP_SIZE];
    for (int i = 0; i < heap.length; i++) {
      heap[i] = (byte) (i * 7 + (i >>> 8));
    }
    return heap;
  }

  private byte[] dump(boolean padded) throws IOException {
    out.write(new byte[DIRECTORY + 12 * STREAMS]);
    systemInfo();
    miscInfo();
    modules(padded);
    threads(padded);
    threadInfos();
    handles();
    regions();
    memory();
    byte[] bytes = out.toByteArray();
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.put("MDMP".getBytes(StandardCharsets.US_ASCII)).putInt(0xA0BA_A793).putInt(STREAMS);
    header.putInt(DIRECTORY).putInt(0).putInt(1_700_000_000).putLong(0x41826);
    header.put(directory.flip());
    return bytes;
  }

  private static ByteBuffer block(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bytes(ByteBuffer block) {
    byte[] bytes = new byte[block.capacity()];
    block.get(0, bytes);
    return bytes;
  }

  private void stream(int type, ByteBuffer content) throws IOException {
    directory.putInt(type).putInt(content.capacity()).putInt(out.size());
    out.write(bytes(content));
  }

  private int text(String text) throws IOException {
    int at = out.size();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
    out.write(bytes(block(4).putInt(bytes.length)));
    out.write(bytes);
    out.write(new byte[2]);
    return at;
  }

  private void systemInfo() throws IOException {
    stream(7, block(56).putShort(0, (short) 9).putInt(8, 10).putInt(16, 19045).putInt(20, 2));
  }

  private void miscInfo() throws IOException {
    stream(15, block(24).putInt(24).putInt(3).putInt(PID).putInt(1_699_999_000));
  }

  private void modules(boolean padded) throws IOException {
    int program = text("C:\\Tools\\probe.exe");
    int library = text("C:\\Windows\\System32\\ntdll.dll");
    int debug = out.size();
    byte[] name = "ntdll.pdb\0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer record = block(24 + name.length);
    record.put("RSDS".getBytes(StandardCharsets.US_ASCII));
    record.putInt(0x11223344).putShort((short) 0x5566).putShort((short) 0x7788);
    record.put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}).putInt(3).put(name);
    out.write(bytes(record));
    int head = padded ? 8 : 4;
    ByteBuffer list = block(head + 2 * 108).putInt(2);
    module(list, head, 0x1_4000_0000L, 0x2000, program, 0, 0);
    module(list, head + 108, 0x7FFA_0000_0000L, 0x1F8000, library, debug, record.capacity());
    stream(4, list);
  }

  private static void module(
      ByteBuffer list, int at, long base, int size, int name, int debug, int debugSize) {
    list.putLong(at, base).putInt(at + 8, size).putInt(at + 12, 0x1234).putInt(at + 16, 0x5F00);
    list.putInt(at + 20, name).putInt(at + 76, debugSize).putInt(at + 80, debug);
  }

  private void threads(boolean padded) throws IOException {
    int head = padded ? 8 : 4;
    ByteBuffer list = block(head + 2 * 48).putInt(2);
    list.putInt(head, 100).putLong(head + 16, TEB);
    list.putInt(head + 48, 104).putLong(head + 48 + 16, TEB + 0x1000);
    stream(3, list);
  }

  private void threadInfos() throws IOException {
    ByteBuffer list = block(12 + 64).putInt(12).putInt(64).putInt(1);
    list.putInt(12, 104).putLong(12 + 16, 133_444_000_000_000_000L);
    list.putLong(12 + 48, 0x7FFA_0000_1230L);
    stream(17, list);
  }

  private void handles() throws IOException {
    int type = text("File");
    int name = text("\\Device\\HarddiskVolume3\\Windows");
    ByteBuffer list = block(16 + 2 * 40).putInt(16).putInt(40).putInt(2);
    list.putLong(16, 0x44).putInt(24, type).putInt(28, name).putInt(36, 0x100020);
    list.putInt(40, 2).putInt(44, 65537);
    list.putLong(56, 0x48).putInt(64, text("Event")).putInt(76, 0x1F0003);
    stream(12, list);
  }

  private void regions() throws IOException {
    long[][] all = {
      {0, 0x10000, 0x10000, 1, 0},
      {HEAP, HEAP_SIZE, 0x1000, 4, 0x20000},
      {0x1_4000_0000L, 0x1000, 0x1000, 2, 0x1000000},
      {0x1_4000_1000L, 0x1000, 0x1000, 0x120, 0x1000000},
    };
    ByteBuffer list = block(16 + 48 * all.length).putInt(16).putInt(48).putLong(all.length);
    for (int i = 0; i < all.length; i++) {
      int at = 16 + 48 * i;
      list.putLong(at, all[i][0]).putLong(at + 24, all[i][1]).putInt(at + 32, (int) all[i][2]);
      list.putInt(at + 36, (int) all[i][3]).putInt(at + 40, (int) all[i][4]);
    }
    stream(16, list);
  }

  private void memory() throws IOException {
    byte[] commandLine = COMMAND_LINE.getBytes(StandardCharsets.UTF_16LE);
    ByteBuffer teb = block(0x1000).putLong(0x60, PEB);
    ByteBuffer peb = block(0x1000).putLong(0x20, PARAMETERS);
    ByteBuffer parameters = block(0x1000);
    parameters.putShort(0x70, (short) commandLine.length).putLong(0x78, PARAMETERS + 0x400);
    parameters.put(0x400, commandLine);
    ranges.put(HEAP, heap());
    ranges.put(0x1_4000_0000L, new byte[0x1000]);
    ranges.put(TEB, bytes(teb));
    ranges.put(PEB, bytes(peb));
    ranges.put(PARAMETERS, bytes(parameters));
    ByteBuffer list = block(16 + 16 * ranges.size()).putLong(ranges.size());
    list.putLong(out.size() + (long) list.capacity());
    ranges.forEach((address, bytes) -> list.putLong(address).putLong(bytes.length));
    stream(9, list);
    for (byte[] bytes : ranges.values()) {
      out.write(bytes);
    }
  }
}
