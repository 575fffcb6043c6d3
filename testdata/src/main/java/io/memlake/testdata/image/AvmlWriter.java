package io.memlake.testdata.image;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** AVML version 2 images: blocks of snappy frames, blocks of zeros left out. */
public final class AvmlWriter {
  private static final int FRAME_BYTES = 1 << 16;

  private AvmlWriter() {}

  /** Writes blocks of up to {@code blockFrames} frames. */
  public static void write(FrameSource frames, int blockFrames, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (FrameRun run : frames.runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn += blockFrames) {
          block(frames, pfn, Math.min(run.endPfn(), pfn + blockFrames), out);
        }
      }
    }
  }

  private static void block(FrameSource frames, long first, long end, OutputStream out)
      throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (long pfn = first; pfn < end; pfn++) {
      plain.write(frames.frame(pfn));
    }
    byte[] bytes = plain.toByteArray();
    if (Arrays.equals(bytes, new byte[bytes.length])) {
      return;
    }
    out.write(LimeWriter.header("AVML", 2, first * FrameSource.FRAME, end * FrameSource.FRAME));
    byte[] stream = stream(bytes);
    out.write(stream);
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(stream.length).array());
  }

  private static byte[] stream(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0xFF);
    out.write(new byte[] {6, 0, 0});
    out.write("sNaPpY".getBytes(StandardCharsets.US_ASCII));
    for (int at = 0; at < bytes.length; at += FRAME_BYTES) {
      byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + FRAME_BYTES));
      byte[] packed = SnappyEncoder.encode(part);
      boolean stored = packed.length >= part.length - part.length / 8;
      byte[] body = stored ? part : packed;
      int length = 4 + body.length;
      out.write(stored ? 1 : 0);
      out.write(new byte[] {(byte) length, (byte) (length >> 8), (byte) (length >> 16)});
      out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(masked(part)).array());
      out.write(body);
    }
    return out.toByteArray();
  }

  private static int masked(byte[] part) {
    CRC32C crc = new CRC32C();
    crc.update(part);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
  }
}
