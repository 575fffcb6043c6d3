package io.memlake.testdata.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Full Windows crash dumps (type 1), as the kernel of x64 writes them. */
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
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header64(frames, machine, 1));
      RawWriter.writeFrames(frames, out);
    }
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
