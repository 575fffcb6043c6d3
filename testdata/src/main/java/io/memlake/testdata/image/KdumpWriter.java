package io.memlake.testdata.image;

import io.memlake.testdata.compression.LzoWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.Deflater;

/** Kdump-compressed dumps, plain or flattened. */
public final class KdumpWriter {
  private static final int BLOCK = 4096;

  /** How pages are compressed. */
  public enum Codec {
    /** As they are. */
    NONE(0),
    /** RFC 1950. */
    ZLIB(1),
    /** LZO1X. */
    LZO(2),
    /** Snappy blocks. */
    SNAPPY(4);

    private final int flag;

    Codec(int flag) {
      this.flag = flag;
    }

    private byte[] compress(byte[] page) {
      return switch (this) {
        case NONE -> page;
        case LZO -> LzoWriter.compress(page);
        case SNAPPY -> SnappyEncoder.encode(page);
        case ZLIB -> {
          Deflater deflater = new Deflater();
          deflater.setInput(page);
          deflater.finish();
          byte[] out = new byte[2 * BLOCK];
          yield Arrays.copyOf(out, deflater.deflate(out));
        }
      };
    }
  }

  private KdumpWriter() {}

  /** Writes a dump of all frames; frames of zeros share their bytes. */
  public static void write(FrameSource frames, Codec codec, Path file) throws IOException {
    Files.write(file, dump(frames, codec));
  }

  /** Writes a dump in pieces that come in another order than they belong. */
  public static void writeFlattened(FrameSource frames, Codec codec, Path file) throws IOException {
    byte[] dump = dump(frames, codec);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(BLOCK);
    header.put("makedumpfile".getBytes(StandardCharsets.US_ASCII));
    out.write(header.putLong(16, 1).putLong(24, 1).array());
    int piece = 20_000;
    int last = (dump.length - 1) / piece;
    // A first version of the first piece is replaced later.
    record(out, 0, new byte[300]);
    for (int i = last; i >= 0; i--) {
      record(
          out,
          (long) i * piece,
          Arrays.copyOfRange(dump, i * piece, Math.min(dump.length, (i + 1) * piece)));
    }
    out.write(ByteBuffer.allocate(16).putLong(-1).putLong(-1).array());
    Files.write(file, out.toByteArray());
  }

  private static void record(ByteArrayOutputStream out, long offset, byte[] bytes)
      throws IOException {
    out.write(ByteBuffer.allocate(16).putLong(offset).putLong(bytes.length).array());
    out.write(bytes);
  }

  private static byte[] dump(FrameSource frames, Codec codec) throws IOException {
    long end = frames.runs().get(frames.runs().size() - 1).endPfn();
    int bitmapBlocks = (int) ((end + 8L * BLOCK - 1) / (8 * BLOCK));
    ByteBuffer head = ByteBuffer.allocate((2 + 2 * bitmapBlocks) * BLOCK);
    head.order(ByteOrder.LITTLE_ENDIAN).put("KDUMP   ".getBytes(StandardCharsets.US_ASCII));
    head.putInt(8, 6).putInt(0x1A8, codec.flag).putInt(0x1AC, BLOCK).putInt(0x1B0, 1);
    head.putInt(0x1B4, 2 * bitmapBlocks).putInt(0x1B8, (int) end).putLong(BLOCK + 0x60, end);
    BitSet bits = new BitSet();
    frames.runs().forEach(run -> bits.set((int) run.firstPfn(), (int) run.endPfn()));
    head.put(2 * BLOCK, bits.toByteArray());
    head.put((2 + bitmapBlocks) * BLOCK, bits.toByteArray());
    ByteArrayOutputStream pages = new ByteArrayOutputStream();
    ByteBuffer descriptors = ByteBuffer.allocate((int) frames.frameCount() * 24);
    descriptors.order(ByteOrder.LITTLE_ENDIAN);
    long data = (long) head.capacity() + descriptors.capacity();
    pages.write(new byte[BLOCK]);
    for (FrameRun run : frames.runs()) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        byte[] packed = codec.compress(frames.frame(pfn));
        if (frames.isZero(pfn)) {
          descriptors.putLong(data).putInt(BLOCK).putInt(0).putLong(0);
        } else if (packed.length < BLOCK) {
          descriptors.putLong(data + pages.size()).putInt(packed.length).putInt(codec.flag);
          descriptors.putLong(0);
          pages.write(packed);
        } else {
          descriptors.putLong(data + pages.size()).putInt(BLOCK).putInt(0).putLong(0);
          pages.write(frames.frame(pfn));
        }
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(head.array());
    out.write(descriptors.array());
    out.write(pages.toByteArray());
    return out.toByteArray();
  }
}
