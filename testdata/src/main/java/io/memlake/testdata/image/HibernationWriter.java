package io.memlake.testdata.image;

import io.memlake.testdata.compression.Lz4BlockWriter;
import io.memlake.testdata.compression.XpressHuffmanWriter;
import io.memlake.testdata.compression.XpressWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hibernation files since Windows 8: two chains of compression sets behind a header page. */
public final class HibernationWriter {
  private static final int PAGE = FrameSource.FRAME;

  /** Pages of a set, and of one of its descriptors, so that most sets have several. */
  private static final int SET_PAGES = 16;

  private static final int DESCRIPTOR_PAGES = 6;

  /**
   * By length of the header: whether pages are 64-bit, then the places of NumPagesForLoader,
   * FirstBootRestorePage, FirstKernelRestorePage, KernelPagesProcessed and the fast startup flag.
   */
  private static final Map<Integer, int[]> FIELDS =
      Map.ofEntries(
          Map.entry(0x2C8, new int[] {0, 0x48, 0x50, 0x54, 0x1B0, 0x27C}),
          Map.entry(0x310, new int[] {0, 0x48, 0x50, 0x54, 0x1F8, 0x2C4}),
          Map.entry(0x328, new int[] {0, 0x48, 0x50, 0x54, 0x200, 0x2CC}),
          Map.entry(0x338, new int[] {0, 0x48, 0x50, 0x54, 0x210, 0x2DC}),
          Map.entry(0x340, new int[] {0, 0x48, 0x50, 0x54, 0x210, 0x2DC}),
          Map.entry(0x360, new int[] {1, 0x58, 0x60, 0x68, 0x1C8, 0x2FC}),
          Map.entry(0x3B0, new int[] {1, 0x58, 0x68, 0x70, 0x218, 0x34C}),
          Map.entry(0x3C8, new int[] {1, 0x58, 0x68, 0x70, 0x220, 0x354}),
          Map.entry(0x3D8, new int[] {1, 0x58, 0x68, 0x70, 0x230, 0x364}),
          Map.entry(0x3E0, new int[] {1, 0x58, 0x68, 0x70, 0x230, 0x364}),
          Map.entry(0x448, new int[] {1, 0x58, 0x68, 0x70, 0x230, 0x3CC}),
          Map.entry(0x4D8, new int[] {1, 0x58, 0x68, 0x70, 0x238, 0x464}));

  /** All known lengths of the header. */
  public static final List<Integer> LENGTHS = FIELDS.keySet().stream().sorted().toList();

  /** How sets are compressed. */
  public enum Codec {
    /** XPRESS, named by method 0. */
    XPRESS(0),
    /** XPRESS with Huffman codes, named by method 2. */
    HUFFMAN(2),
    /** XPRESS with Huffman codes, named by method 1 as some tools read it. */
    HUFFMAN_AS_METHOD_1(1),
    /** LZ4 blocks. */
    LZ4(3);

    private final int method;

    Codec(int method) {
      this.method = method;
    }

    private byte[] compress(byte[] plain) {
      return switch (this) {
        case XPRESS -> XpressWriter.compress(plain);
        case HUFFMAN, HUFFMAN_AS_METHOD_1 -> XpressHuffmanWriter.compress(plain);
        case LZ4 -> Lz4BlockWriter.compress(plain);
      };
    }
  }

  private final FrameSource frames;
  private final boolean wide;
  private final Codec codec;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private HibernationWriter(FrameSource frames, boolean wide, Codec codec) {
    this.frames = frames;
    this.wide = wide;
    this.codec = codec;
  }

  /**
   * Writes a file in which the first third of the frames is in the boot chain.
   *
   * @param headerLength which Windows, one of {@link #LENGTHS}
   */
  public static void write(FrameSource frames, int headerLength, Codec codec, Path file)
      throws IOException {
    int[] fields = FIELDS.get(headerLength);
    new HibernationWriter(frames, fields[0] == 1, codec).write(headerLength, fields, file);
  }

  private void write(int headerLength, int[] fields, Path file) throws IOException {
    List<Long> all = new ArrayList<>();
    for (FrameRun run : frames.runs()) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        all.add(pfn);
      }
    }
    List<Long> boot = all.subList(0, all.size() / 3);
    List<Long> kernel = all.subList(boot.size(), all.size());
    out.write(new byte[2 * PAGE]);
    chain(boot);
    out.write(new byte[PAGE - out.size() % PAGE]);
    long kernelPage = out.size() / PAGE;
    chain(kernel);
    out.write(new byte[PAGE - out.size() % PAGE]);
    byte[] bytes = out.toByteArray();
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.put(0, "HIBR".getBytes(StandardCharsets.US_ASCII));
    header.putInt(0x0C, headerLength).putInt(wide ? 0x18 : 0x14, PAGE);
    header.putLong(wide ? 0x20 : 0x18, 0x01D7_0F5D_3B2A_0000L);
    put(header, fields[1], boot.size());
    put(header, fields[2], 2);
    put(header, fields[3], kernelPage);
    put(header, fields[4], kernel.size());
    try (SparseFileOutput stream = SparseFileOutput.open(file)) {
      stream.write(bytes);
    }
  }

  private void put(ByteBuffer header, int offset, long value) {
    if (wide) {
      header.putLong(offset, value);
    } else {
      header.putInt(offset, (int) value);
    }
  }

  private void chain(List<Long> pfns) throws IOException {
    for (int at = 0; at < pfns.size(); at += SET_PAGES) {
      set(pfns.subList(at, Math.min(pfns.size(), at + SET_PAGES)));
    }
  }

  private void set(List<Long> pfns) throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    List<long[]> descriptors = new ArrayList<>();
    for (long pfn : pfns) {
      plain.write(frames.frame(pfn));
      long[] last = descriptors.isEmpty() ? null : descriptors.get(descriptors.size() - 1);
      if (last != null && last[0] + last[1] == pfn && last[1] < DESCRIPTOR_PAGES) {
        last[1]++;
      } else {
        descriptors.add(new long[] {pfn, 1});
      }
    }
    byte[] packed = codec.compress(plain.toByteArray());
    byte[] data = packed.length < plain.size() ? packed : plain.toByteArray();
    ByteBuffer head = ByteBuffer.allocate(4 + 8 * SET_PAGES).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(descriptors.size() | data.length << 8 | codec.method << 30);
    for (long[] descriptor : descriptors) {
      long value = descriptor[0] << 4 | (descriptor[1] - 1);
      if (wide) {
        head.putLong(value);
      } else {
        head.putInt((int) value);
      }
    }
    out.write(head.array(), 0, head.position());
    out.write(data);
  }
}
