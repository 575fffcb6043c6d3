package io.memlake.engine.image.convert;

import io.memlake.engine.image.ImageHints;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.function.LongConsumer;

/** Padded RAW: the offset in the file is the physical address; what is absent becomes zeros. */
public final class RawWriter implements ImageWriter {

  /** Without state. */
  public RawWriter() {}

  @Override
  public String format() {
    return "raw";
  }

  @Override
  public ConversionReport write(
      PhysicalMemory memory, ImageHints hints, ImageOutput out, LongConsumer progress)
      throws IOException {
    FramePump pump = new FramePump(memory, out, progress);
    long next = 0;
    for (PageRun run : memory.runs()) {
      if (run.firstPfn() > next) {
        pump.gap(next, run.firstPfn() - next, PageState.NOT_DUMPED);
      }
      if (run.state() == PageState.UNREADABLE || run.state() == PageState.NOT_DUMPED) {
        pump.gap(run.firstPfn(), run.pageCount(), run.state());
      } else {
        pump.frames(run.firstPfn(), run.pageCount(), run.state());
      }
      next = run.endPfn();
    }
    return pump.report(format(), true);
  }
}
