package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A synthetic machine as an image without a file, with damage on top. */
public final class SyntheticImage implements ImageIndex {
  private static final long serialVersionUID = 1L;

  private final transient FrameSource machine;
  private final transient Map<Long, byte[]> changed = new HashMap<>();
  private final transient Set<Long> absent = new HashSet<>();
  private final ImageHints hints;

  /** The machine as a RAW image would hold it. */
  public SyntheticImage(FrameSource machine) {
    this(machine, ImageHints.NONE);
  }

  /** The machine in a container whose header says something. */
  public SyntheticImage(FrameSource machine, ImageHints hints) {
    this.machine = machine;
    this.hints = hints;
  }

  /** Overwrites eight bytes. */
  public SyntheticImage putI64(long physicalAddress, long value) {
    LittleEndian.putI64(writable(physicalAddress), (int) (physicalAddress & 0xFFF), value);
    return this;
  }

  /** Reads eight bytes as they stand now. */
  public long i64(long physicalAddress) {
    long pfn = physicalAddress >>> 12;
    byte[] frame = changed.containsKey(pfn) ? changed.get(pfn) : machine.frame(pfn);
    return LittleEndian.i64(frame, (int) (physicalAddress & 0xFFF));
  }

  /** Overwrites a page with zeros, as acquirers do with pages they cannot read. */
  public SyntheticImage zeroPage(long physicalAddress) {
    changed.put(physicalAddress >>> 12, new byte[PhysicalMemory.PAGE_SIZE]);
    return this;
  }

  /** Takes a frame out of the image. */
  public SyntheticImage losePage(long physicalAddress) {
    absent.add(physicalAddress >>> 12);
    return this;
  }

  private byte[] writable(long physicalAddress) {
    return changed.computeIfAbsent(physicalAddress >>> 12, pfn -> machine.frame(pfn).clone());
  }

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
    return List.of("synthetic.raw");
  }

  @Override
  public List<PageRun> runs() {
    List<PageRun> runs = new ArrayList<>();
    machine
        .runs()
        .forEach(run -> runs.add(new PageRun(run.firstPfn(), run.count(), PageState.PRESENT)));
    return runs;
  }

  @Override
  public ImageHints hints() {
    return hints;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public PhysicalMemory open(Evidence evidence) {
    return new Memory();
  }

  private final class Memory implements PhysicalMemory {
    private final List<PageRun> runs = runs();

    @Override
    public String name() {
      return "synthetic.raw";
    }

    @Override
    public List<PageRun> runs() {
      return runs == null ? SyntheticImage.this.runs() : runs;
    }

    @Override
    public PageState stateOf(long pfn) {
      boolean held = runs.stream().anyMatch(run -> run.contains(pfn));
      return held && !absent.contains(pfn) ? PageState.PRESENT : PageState.NOT_DUMPED;
    }

    @Override
    public boolean read(long physicalAddress, byte[] target, int offset, int length) {
      long pfn = physicalAddress >>> PAGE_SHIFT;
      if (!stateOf(pfn).readable()) {
        return false;
      }
      byte[] frame = changed.get(pfn);
      if (frame == null) {
        frame = machine.frame(pfn);
      }
      System.arraycopy(frame, (int) (physicalAddress & (PAGE_SIZE - 1)), target, offset, length);
      return true;
    }

    @Override
    public void close() {}
  }
}
