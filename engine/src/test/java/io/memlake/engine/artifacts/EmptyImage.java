package io.memlake.engine.artifacts;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.util.Arrays;
import java.util.List;

/** An image whose few frames are zero: every address of every space is absent. */
final class EmptyImage implements ImageIndex {
  private static final long serialVersionUID = 1L;
  private static final List<PageRun> RUNS = List.of(new PageRun(0, 16, PageState.PRESENT));

  @Override
  public String format() {
    return "raw";
  }

  @Override
  public String variant() {
    return "";
  }

  @Override
  public List<String> files() {
    return List.of("empty.raw");
  }

  @Override
  public List<PageRun> runs() {
    return RUNS;
  }

  @Override
  public ImageHints hints() {
    return ImageHints.NONE;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public PhysicalMemory open(Evidence evidence) {
    return new PhysicalMemory() {
      @Override
      public String name() {
        return "empty.raw";
      }

      @Override
      public List<PageRun> runs() {
        return RUNS;
      }

      @Override
      public PageState stateOf(long pfn) {
        return pfn < endPfn() ? PageState.PRESENT : PageState.NOT_DUMPED;
      }

      @Override
      public boolean read(long physicalAddress, byte[] target, int offset, int length) {
        boolean inside = physicalAddress >= 0 && physicalAddress + length <= endPfn() << 12;
        if (inside) {
          Arrays.fill(target, offset, offset + length, (byte) 0);
        }
        return inside;
      }

      @Override
      public void close() {}
    };
  }
}
