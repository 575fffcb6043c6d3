package io.memlake.engine.image.convert;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A 64-bit Windows crash dump: type 1 with a list of runs, or type 5 with a bitmap of frames when
 * the memory has more runs than the header's list has room for.
 *
 * <p>The header takes what the hints know; the rest keeps the filler {@code PAGE}, which readers
 * take for "not set".
 */
public final class CrashDumpWriter implements ImageWriter {
  private static final int HEADER = 0x2000;

  /** Runs that fit in the 700 bytes of the descriptor. */
  private static final int MAX_RUNS = 42;

  private static final int FILLER = 0x4547_4150;
  private static final int AMD64 = 0x8664;

  /** {@code MANUALLY_INITIATED_CRASH}: no component of the system is to blame. */
  private static final int BUG_CHECK = 0xE2;

  /** Bytes of bitmap that are written at once. */
  private static final int BITMAP_BUFFER = 1 << 16;

  /** FILETIME of 1970-01-01. */
  private static final long UNIX_EPOCH = 116_444_736_000_000_000L;

  /** Without state. */
  public CrashDumpWriter() {}

  @Override
  public String format() {
    return "crashdump";
  }

  @Override
  public boolean namesTheMachine() {
    return true;
  }

  @Override
  public ConversionReport write(
      PhysicalMemory memory, ImageHints hints, ImageOutput out, LongConsumer progress)
      throws IOException {
    FramePump pump = new FramePump(memory, out, progress);
    List<PageRun> runs = StorableRuns.of(memory);
    StorableRuns.reportGaps(memory, pump);
    long pages = runs.stream().mapToLong(PageRun::pageCount).sum();
    boolean listed = runs.size() <= MAX_RUNS;
    byte[] header = header(hints, listed ? 1 : 5);
    if (listed) {
      putRuns(header, runs, pages);
      LittleEndian.putI64(header, 0xFA0, HEADER + (pages << PhysicalMemory.PAGE_SHIFT));
      pump.header(header);
    } else {
      long firstPage = bitmapEnd(runs);
      LittleEndian.putI64(header, 0xFA0, firstPage + (pages << PhysicalMemory.PAGE_SHIFT));
      pump.header(header);
      writeBitmap(pump, runs, pages, firstPage);
    }
    for (PageRun run : runs) {
      pump.frames(run.firstPfn(), run.pageCount(), PageState.PRESENT);
    }
    return pump.report(format(), false);
  }

  private static byte[] header(ImageHints hints, int type) {
    byte[] header = new byte[HEADER];
    for (int i = 0; i < HEADER; i += 4) {
      LittleEndian.putI32(header, i, FILLER);
    }
    LittleEndian.putI32(header, 4, 0x3436_5544); // DU64
    LittleEndian.putI32(header, 0x08, (int) hints.number("major_version").orElse(15));
    LittleEndian.putI32(header, 0x0C, hints.build().orElse(0));
    putAddress(header, 0x10, hints, ImageHints.DTB);
    putAddress(header, 0x18, hints, ImageHints.PFN_DATABASE);
    putAddress(header, 0x20, hints, ImageHints.PS_LOADED_MODULE_LIST);
    putAddress(header, 0x28, hints, ImageHints.PS_ACTIVE_PROCESS_HEAD);
    LittleEndian.putI32(header, 0x30, (int) hints.number(ImageHints.MACHINE).orElse(AMD64));
    LittleEndian.putI32(header, 0x34, (int) hints.number("processors").orElse(1));
    LittleEndian.putI32(header, 0x38, (int) hints.number("bugcheck").orElse(BUG_CHECK));
    for (int i = 0; i < 4; i++) {
      LittleEndian.putI64(
          header, 0x40 + 8 * i, hints.number("bugcheck_parameter_" + (i + 1)).orElse(0));
    }
    putAddress(header, 0x80, hints, ImageHints.KDBG);
    // The context and the exception are not known: zeros, so that no reader takes filler for them.
    Arrays.fill(header, 0x348, 0xF98, (byte) 0);
    LittleEndian.putI32(header, 0xF98, type);
    hints.takenAt().ifPresent(taken -> LittleEndian.putI64(header, 0xFA8, fileTime(taken)));
    Arrays.fill(header, 0xFB0, 0xFB0 + 128, (byte) 0);
    LittleEndian.putI64(header, 0x1030, hints.number("uptime_seconds").orElse(0) * 10_000_000L);
    return header;
  }

  private static void putAddress(byte[] header, int offset, ImageHints hints, String name) {
    LittleEndian.putI64(header, offset, hints.number(name).orElse(0));
  }

  private static long fileTime(Instant time) {
    return UNIX_EPOCH + time.getEpochSecond() * 10_000_000L + time.getNano() / 100;
  }

  private static void putRuns(byte[] header, List<PageRun> runs, long pages) {
    Arrays.fill(header, 0x88, 0x88 + 700, (byte) 0);
    LittleEndian.putI32(header, 0x88, runs.size());
    LittleEndian.putI64(header, 0x90, pages);
    int at = 0x98;
    for (PageRun run : runs) {
      LittleEndian.putI64(header, at, run.firstPfn());
      LittleEndian.putI64(header, at + 8, run.pageCount());
      at += 16;
    }
  }

  /** Where frames begin: behind the bitmap, on a frame boundary. */
  private static long bitmapEnd(List<PageRun> runs) {
    long bits = runs.get(runs.size() - 1).endPfn();
    long end = HEADER + 0x38 + (bits + 7) / 8;
    return (end + PhysicalMemory.PAGE_SIZE - 1)
        / PhysicalMemory.PAGE_SIZE
        * PhysicalMemory.PAGE_SIZE;
  }

  private static void writeBitmap(FramePump pump, List<PageRun> runs, long pages, long firstPage)
      throws IOException {
    long bits = runs.get(runs.size() - 1).endPfn();
    byte[] header = new byte[0x38];
    LittleEndian.putI32(header, 0, 0x504D_4446); // FDMP
    LittleEndian.putI32(header, 4, 0x504D_5544); // DUMP
    LittleEndian.putI64(header, 0x20, firstPage);
    LittleEndian.putI64(header, 0x28, pages);
    LittleEndian.putI64(header, 0x30, bits);
    pump.header(header);
    long end = firstPage - HEADER - header.length;
    int run = 0;
    for (long from = 0; from < end; from += BITMAP_BUFFER) {
      byte[] part = new byte[(int) Math.min(BITMAP_BUFFER, end - from)];
      long firstBit = from * 8;
      long endBit = firstBit + part.length * 8L;
      while (run < runs.size() && runs.get(run).firstPfn() < endBit) {
        long first = Math.max(firstBit, runs.get(run).firstPfn());
        long last = Math.min(endBit, runs.get(run).endPfn());
        for (long bit = first; bit < last; bit++) {
          part[(int) ((bit - firstBit) >> 3)] |= (byte) (1 << (bit & 7));
        }
        if (runs.get(run).endPfn() > endBit) {
          break;
        }
        run++;
      }
      pump.header(part);
    }
  }
}
