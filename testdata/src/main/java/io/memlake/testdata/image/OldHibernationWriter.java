package io.memlake.testdata.image;

import io.memlake.testdata.compression.XpressWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Hibernation files up to Windows 7: tables of ranges, xpress blocks behind each. */
public final class OldHibernationWriter {
  private static final int PAGE = FrameSource.FRAME;

  /** Ranges of a table; real ones fill their page. */
  private static final int RANGES = 5;

  private static final int BLOCK_PAGES = 16;

  /** Which Windows. */
  public enum Kind {
    /** Windows XP, 32-bit. */
    XP_32(0xA8, 0x58, false),
    /** Windows XP and 2003, 64-bit. */
    XP_64(0xC0, 0x68, true),
    /** Vista without service pack, 32-bit. */
    VISTA_32(0xE0, 0x50, false),
    /** Vista without service pack, 64-bit; its header is as long as that of 7. */
    VISTA_64(0x128, 0x68, true),
    /** Vista SP1, 64-bit. */
    VISTA_SP1_64(0x140, 0x68, true),
    /** Windows 7, 32-bit. */
    SEVEN_32(0xE0, 0x4C, false),
    /** Windows 7, 64-bit. */
    SEVEN_64(0x128, 0x60, true);

    private final int headerLength;
    private final int firstTable;
    private final boolean wide;

    Kind(int headerLength, int firstTable, boolean wide) {
      this.headerLength = headerLength;
      this.firstTable = firstTable;
      this.wide = wide;
    }
  }

  private OldHibernationWriter() {}

  /** Writes a file; {@code stepPages} is how many frames a range has at most. */
  public static void write(FrameSource frames, Kind kind, int stepPages, Path file)
      throws IOException {
    List<FrameRun> ranges = new ArrayList<>();
    for (FrameRun run : frames.runs()) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn += stepPages) {
        ranges.add(new FrameRun(pfn, Math.min(stepPages, run.endPfn() - pfn)));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer header = ByteBuffer.allocate(3 * PAGE).order(ByteOrder.LITTLE_ENDIAN);
    header.put(0, "hibr".getBytes(StandardCharsets.US_ASCII)).putInt(0x0C, kind.headerLength);
    header.putLong(kind.wide ? 0x20 : 0x18, 0x01CB_0F5D_3B2A_0000L).putInt(kind.firstTable, 3);
    out.write(header.array());
    for (int at = 0; at < ranges.size(); at += RANGES) {
      List<FrameRun> some = ranges.subList(at, Math.min(ranges.size(), at + RANGES));
      byte[] blocks = blocks(frames, some);
      int next = (out.size() + PAGE + blocks.length) / PAGE;
      out.write(table(kind, some, at + RANGES < ranges.size() ? next : 0L));
      out.write(blocks);
    }
    Files.write(file, out.toByteArray());
  }

  private static byte[] table(Kind kind, List<FrameRun> ranges, long next) {
    ByteBuffer page = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
    switch (kind) {
      case XP_32, VISTA_32 ->
          page.putInt(0).putInt((int) next).putInt(0x1234).putInt(ranges.size());
      case XP_64 -> page.putLong(0).putLong(next).putInt(0x1234).putInt(ranges.size()).putLong(0);
      case VISTA_64, VISTA_SP1_64 -> page.putLong(0).putLong(next).putInt(ranges.size()).putInt(0);
      case SEVEN_32 -> page.putInt((int) next).putInt(ranges.size());
      case SEVEN_64 -> page.putLong(next).putInt(ranges.size()).putInt(0);
    }
    for (FrameRun range : ranges) {
      switch (kind) {
        case XP_32, VISTA_32 ->
            page.putInt(7).putInt((int) range.firstPfn()).putInt((int) range.endPfn()).putInt(9);
        case XP_64 -> page.putLong(7).putLong(range.firstPfn()).putLong(range.endPfn()).putLong(9);
        case SEVEN_32 -> page.putInt((int) range.firstPfn()).putInt((int) range.endPfn());
        default -> page.putLong(range.firstPfn()).putLong(range.endPfn());
      }
    }
    return page.array();
  }

  /** The blocks of a table, filled up to a page. */
  private static byte[] blocks(FrameSource frames, List<FrameRun> ranges) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (FrameRun range : ranges) {
      for (long pfn = range.firstPfn(); pfn < range.endPfn(); pfn++) {
        plain.write(frames.frame(pfn));
        if (plain.size() == BLOCK_PAGES * PAGE) {
          block(plain, out);
        }
      }
    }
    if (plain.size() > 0) {
      block(plain, out);
    }
    out.write(new byte[(PAGE - out.size() % PAGE) % PAGE]);
    return out.toByteArray();
  }

  private static void block(ByteArrayOutputStream plain, ByteArrayOutputStream out)
      throws IOException {
    byte[] pages = plain.toByteArray();
    plain.reset();
    byte[] packed = XpressWriter.compress(pages);
    byte[] data = packed.length + 8 < pages.length ? packed : pages;
    ByteBuffer header = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    header.put("\u0081\u0081xpress".getBytes(StandardCharsets.ISO_8859_1));
    header.putInt((pages.length / PAGE - 1) | (data.length - 1) << 10);
    out.write(header.array());
    out.write(data);
    out.write(new byte[(8 - data.length % 8) % 8]);
  }
}
