package io.memlake.testdata.trace;

import io.memlake.testdata.compression.XpressHuffmanWriter;
import io.memlake.testdata.kernel.SystemClock;
import java.time.Instant;
import java.util.List;

/** Writes a prefetch file of version 30, as Windows 10 does. */
public final class PrefetchWriter {
  private static final int VERSION = 30;
  private static final int SCCA = 0x41434353;
  private static final int INFORMATION = 0x54;
  private static final int METRICS = 0x130;
  private static final int VOLUME_SIZE = 96;
  private static final int RUN_TIMES = 0x80;
  private static final int RUN_COUNT = 0xD0;
  private static final String VOLUME = "\\VOLUME{01d994a3c8f6e1b0-1c2d3e4f}";

  private PrefetchWriter() {}

  /**
   * The file of a program.
   *
   * @param executable its name, at most 29 characters
   * @param hash of its path
   * @param runs when it last ran, the latest first, at most 8
   * @param files what it opened, below the volume
   */
  public static byte[] write(String executable, int hash, List<Instant> runs, List<String> files) {
    TraceBytes file = new TraceBytes();
    file.u32(VERSION).u32(SCCA).u32(0x11).u32(0).utf16(executable).padTo(0x4C).u32(hash);
    file.padTo(METRICS);
    TraceBytes names = new TraceBytes();
    for (int i = 0; i < files.size(); i++) {
      String path = VOLUME + files.get(i);
      file.u32(i).u32(1).u32(1).u32(names.size()).u32(path.length()).u32(0x200);
      file.u64(0x0001_0000_0000_0000L + 100 + i);
      names.utf16(path).u16(0);
    }
    int traces = file.size();
    file.u32(0).u32(0);
    int strings = file.size();
    file.add(names.toByteArray());
    int volumes = (file.size() + 7) / 8 * 8;
    file.padTo(volumes);
    file.u32(VOLUME_SIZE).u32(VOLUME.length()).u64(SystemClock.fileTime(runs.get(0)));
    file.u32(0x1C2D3E4F).padTo(volumes + VOLUME_SIZE).utf16(VOLUME).u16(0);
    file.set32(0x0C, file.size());
    int[] places = {
      METRICS, files.size(), traces, 1, strings, names.size(), volumes, 1, file.size() - volumes
    };
    for (int i = 0; i < places.length; i++) {
      file.set32(INFORMATION + i * Integer.BYTES, places[i]);
    }
    for (int i = 0; i < runs.size(); i++) {
      file.set64(RUN_TIMES + i * Long.BYTES, SystemClock.fileTime(runs.get(i)));
    }
    file.set32(RUN_COUNT, runs.size());
    return file.toByteArray();
  }

  /** The same, compressed as it lies on disk: "MAM", the plain size, XPRESS with Huffman codes. */
  public static byte[] compress(byte[] plain) {
    return new TraceBytes()
        .ascii("MAM")
        .u8(4)
        .u32(plain.length)
        .add(XpressHuffmanWriter.compress(plain))
        .toByteArray();
  }
}
