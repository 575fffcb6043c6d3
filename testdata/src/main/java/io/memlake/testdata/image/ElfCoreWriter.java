package io.memlake.testdata.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** ELF cores as QEMU writes them: one note segment, one load segment a run. */
public final class ElfCoreWriter {
  private static final int QEMU_STATE = 440;

  private ElfCoreWriter() {}

  /**
   * Writes a 64-bit core.
   *
   * @param cr3 of each processor
   * @param extended whether the segment count is stored as with 65 535 segments and more
   */
  public static void write64(FrameSource frames, List<Long> cr3, boolean extended, Path file)
      throws IOException {
    ByteBuffer notes = notes(cr3);
    int segments = 1 + frames.runs().size();
    int head = 64 + 56 * segments + (extended ? 64 : 0);
    ByteBuffer out = ByteBuffer.allocate(head + notes.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    out.putShort((short) 4).putShort((short) 62).putInt(1).putLong(0).putLong(64);
    out.putLong(extended ? 64 + 56L * segments : 0).putInt(0);
    out.putShort((short) 64).putShort((short) 56).putShort((short) (extended ? 0xFFFF : segments));
    out.putShort((short) 64).putShort((short) (extended ? 1 : 0)).putShort((short) 0);
    out.putInt(4).putInt(0).putLong(head).putLong(0).putLong(0);
    out.putLong(notes.capacity()).putLong(notes.capacity()).putLong(0);
    long offset = (long) head + notes.capacity();
    for (FrameRun run : frames.runs()) {
      long bytes = run.count() * FrameSource.FRAME;
      out.putInt(1).putInt(0).putLong(offset).putLong(0);
      out.putLong(run.firstPfn() * FrameSource.FRAME).putLong(bytes).putLong(bytes).putLong(0);
      offset += bytes;
    }
    if (extended) {
      out.position(out.position() + 0x2C);
      out.putInt(segments);
      out.position(head);
    }
    out.put(notes);
    finish(frames, out.array(), file);
  }

  /** Writes a 32-bit core without notes. */
  public static void write32(FrameSource frames, Path file) throws IOException {
    int segments = frames.runs().size();
    int head = 52 + 32 * segments;
    ByteBuffer out = ByteBuffer.allocate(head).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1, 0}).putLong(0);
    out.putShort((short) 4).putShort((short) 3).putInt(1).putInt(0).putInt(52).putInt(0).putInt(0);
    out.putShort((short) 52).putShort((short) 32).putShort((short) segments);
    out.putShort((short) 40).putShort((short) 0).putShort((short) 0);
    int offset = head;
    for (FrameRun run : frames.runs()) {
      int bytes = (int) run.count() * FrameSource.FRAME;
      out.putInt(1).putInt(offset).putInt(0).putInt((int) run.firstPfn() * FrameSource.FRAME);
      out.putInt(bytes).putInt(bytes).putInt(7).putInt(0);
      offset += bytes;
    }
    finish(frames, out.array(), file);
  }

  private static ByteBuffer notes(List<Long> cr3) {
    ByteBuffer notes =
        ByteBuffer.allocate((12 + 8 + QEMU_STATE) * cr3.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : cr3) {
      notes.putInt(5).putInt(QEMU_STATE).putInt(0);
      notes.put("QEMU\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
      int state = notes.position();
      notes.putInt(1).putInt(QEMU_STATE);
      notes.putLong(state + 416, value);
      notes.position(state + QEMU_STATE);
    }
    return notes.flip();
  }

  private static void finish(FrameSource frames, byte[] head, Path file) throws IOException {
    try (SparseFileOutput stream = SparseFileOutput.open(file)) {
      stream.write(head);
      RawWriter.writeFrames(frames, stream);
    }
  }
}
