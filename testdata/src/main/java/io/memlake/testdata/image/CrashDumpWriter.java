package io.memlake.testdata.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Windows crash dumps of every kind that holds frames, as the kernel and the kernel debugger write
 * them.
 */
public final class CrashDumpWriter {
  private static final int HEADER = 0x2000;

  /**
   * What the header says about the machine.
   *
   * @param directoryTableBase CR3
   * @param pfnDatabase address of the PFN database
   * @param psLoadedModuleList address of the list head
   * @param psActiveProcessHead address of the list head
   * @param kdDebuggerDataBlock address of the block
   * @param build of the kernel
   * @param processors how many
   * @param fileTime when the dump was written, in 100 ns since 1601
   */
  public record Machine(
      long directoryTableBase,
      long pfnDatabase,
      long psLoadedModuleList,
      long psActiveProcessHead,
      long kdDebuggerDataBlock,
      int build,
      int processors,
      long fileTime) {}

  private CrashDumpWriter() {}

  /** Writes a dump with all frames. */
  public static void write(FrameSource frames, Machine machine, Path file) throws IOException {
    try (SparseFileOutput out = SparseFileOutput.open(file)) {
      out.write(header64(frames, machine, 1));
      RawWriter.writeFrames(frames, out);
    }
  }

  /** Writes a dump of type 2, 5 or 6: a bit for each frame, then the frames. */
  public static void writeBitmap(FrameSource frames, Machine machine, int type, Path file)
      throws IOException {
    byte[] bitmap = bitmap(frames);
    long firstPage = roundUp(HEADER + 0x38 + bitmap.length);
    try (SparseFileOutput out = SparseFileOutput.open(file)) {
      out.write(withoutRuns(header64(frames, machine, type), 0x88));
      writeBitmap(frames, bitmap, firstPage, HEADER, type, out);
    }
  }

  private static void writeBitmap(
      FrameSource frames,
      byte[] bitmap,
      long firstPage,
      int position,
      int type,
      SparseFileOutput out)
      throws IOException {
    ByteBuffer header =
        ByteBuffer.allocate((int) firstPage - position).order(ByteOrder.LITTLE_ENDIAN);
    header.put((type == 2 ? "SDMPDUMP" : "FDMPDUMP").getBytes(StandardCharsets.US_ASCII));
    header.putLong(0x20, firstPage).putLong(0x28, frames.frameCount());
    header.putLong(0x30, endPfn(frames));
    header.position(0x38);
    header.put(bitmap);
    out.write(header.array());
    RawWriter.writeFrames(frames, out);
  }

  /** Writes a dump of type 8, 9 or 10: ranges of frames, then the frames. */
  public static void writeRanges(FrameSource frames, Machine machine, int type, Path file)
      throws IOException {
    long firstPage = roundUp(HEADER + 0x30 + 16L * (frames.runs().size() + 1));
    ByteBuffer header =
        ByteBuffer.allocate((int) firstPage - HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0x40);
    header.put("RDMPDUMP".getBytes(StandardCharsets.US_ASCII));
    header.putLong(0x10, firstPage - 0x2020).putLong(0x18, firstPage);
    if (type == 10) {
      header.putInt(0x20, frames.runs().size()).putLong(0x28, frames.frameCount());
    }
    header.position(0x30);
    for (FrameRun run : frames.runs()) {
      header.putLong(run.firstPfn()).putLong(run.count());
    }
    try (SparseFileOutput out = SparseFileOutput.open(file)) {
      out.write(withoutRuns(header64(frames, machine, type), 0x88));
      out.write(header.array());
      RawWriter.writeFrames(frames, out);
    }
  }

  /** Writes a dump of a 32-bit system, of type 1 or 5. */
  public static void write32(FrameSource frames, Machine machine, boolean pae, int type, Path file)
      throws IOException {
    ByteBuffer page = ByteBuffer.allocate(0x1000).order(ByteOrder.LITTLE_ENDIAN);
    while (page.hasRemaining()) {
      page.put("PAGE".getBytes(StandardCharsets.US_ASCII));
    }
    page.put(4, "DUMP".getBytes(StandardCharsets.US_ASCII));
    page.putInt(0x08, 15).putInt(0x0C, machine.build());
    page.putInt(0x10, (int) machine.directoryTableBase());
    page.putInt(0x14, (int) machine.pfnDatabase());
    page.putInt(0x18, (int) machine.psLoadedModuleList());
    page.putInt(0x1C, (int) machine.psActiveProcessHead());
    page.putInt(0x20, 0x14C).putInt(0x24, machine.processors()).putInt(0x28, 0xE2);
    page.put(0x5C, (byte) (pae ? 1 : 0));
    page.putInt(0x60, (int) machine.kdDebuggerDataBlock());
    if (type == 1) {
      page.putInt(0x64, frames.runs().size()).putInt(0x68, (int) frames.frameCount());
      int at = 0x6C;
      for (FrameRun run : frames.runs()) {
        page.putInt(at, (int) run.firstPfn()).putInt(at + 4, (int) run.count());
        at += 8;
      }
    }
    page.putInt(0xF88, type);
    page.putLong(0xFB8, 36_000_000_000L).putLong(0xFC0, machine.fileTime());
    try (SparseFileOutput out = SparseFileOutput.open(file)) {
      out.write(page.array());
      if (type == 1) {
        RawWriter.writeFrames(frames, out);
      } else {
        byte[] bitmap = bitmap(frames);
        writeBitmap(frames, bitmap, roundUp(0x1038 + bitmap.length), 0x1000, type, out);
      }
    }
  }

  private static byte[] withoutRuns(byte[] header, int descriptor) {
    byte[] filler = "PAGE".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 700; i++) {
      header[descriptor + i] = filler[i % 4];
    }
    return header;
  }

  private static long roundUp(long size) {
    return (size + FrameSource.FRAME - 1) / FrameSource.FRAME * FrameSource.FRAME;
  }

  private static long endPfn(FrameSource frames) {
    return frames.runs().get(frames.runs().size() - 1).endPfn();
  }

  private static byte[] bitmap(FrameSource frames) {
    BitSet bits = new BitSet();
    frames.runs().forEach(run -> bits.set((int) run.firstPfn(), (int) run.endPfn()));
    return Arrays.copyOf(bits.toByteArray(), (int) (endPfn(frames) + 7) / 8);
  }

  /** The header page, filled with {@code PAGE} where nothing is set. */
  static byte[] header64(FrameSource frames, Machine machine, int type) {
    ByteBuffer page = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    while (page.hasRemaining()) {
      page.put("PAGE".getBytes(StandardCharsets.US_ASCII));
    }
    page.put(4, "DU64".getBytes(StandardCharsets.US_ASCII));
    page.putInt(0x08, 15).putInt(0x0C, machine.build());
    page.putLong(0x10, machine.directoryTableBase());
    page.putLong(0x18, machine.pfnDatabase());
    page.putLong(0x20, machine.psLoadedModuleList());
    page.putLong(0x28, machine.psActiveProcessHead());
    page.putInt(0x30, 0x8664).putInt(0x34, machine.processors());
    page.putInt(0x38, 0xE2).putLong(0x40, 0).putLong(0x48, 0).putLong(0x50, 0).putLong(0x58, 0);
    page.putLong(0x80, machine.kdDebuggerDataBlock());
    page.putInt(0x88, frames.runs().size()).putLong(0x90, frames.frameCount());
    int at = 0x98;
    for (FrameRun run : frames.runs()) {
      page.putLong(at, run.firstPfn()).putLong(at + 8, run.count());
      at += 16;
    }
    page.putInt(0xF98, type);
    page.putLong(0xFA0, HEADER + frames.frameCount() * FrameSource.FRAME);
    page.putLong(0xFA8, machine.fileTime());
    page.putLong(0x1030, 36_000_000_000L);
    return page.array();
  }
}
