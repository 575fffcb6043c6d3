package io.memlake.engine.image.convert;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;

/** LiME version 1: each run behind a header of 32 bytes with its first and last address. */
public final class LimeWriter implements ImageWriter {
  private static final int MAGIC = 0x4C69_4D45;

  /** Without state. */
  public LimeWriter() {}

  @Override
  public String format() {
    return "lime";
  }

  @Override
  public ConversionReport write(
      PhysicalMemory memory, ImageHints hints, ImageOutput out, LongConsumer progress)
      throws IOException {
    FramePump pump = new FramePump(memory, out, progress);
    List<PageRun> runs = StorableRuns.of(memory);
    StorableRuns.reportGaps(memory, pump);
    for (PageRun run : runs) {
      byte[] header = new byte[32];
      LittleEndian.putI32(header, 0, MAGIC);
      LittleEndian.putI32(header, 4, 1);
      LittleEndian.putI64(header, 8, run.firstPfn() << PhysicalMemory.PAGE_SHIFT);
      LittleEndian.putI64(header, 16, (run.endPfn() << PhysicalMemory.PAGE_SHIFT) - 1);
      pump.header(header);
      pump.frames(run.firstPfn(), run.pageCount(), PageState.PRESENT);
    }
    return pump.report(format(), false);
  }
}
