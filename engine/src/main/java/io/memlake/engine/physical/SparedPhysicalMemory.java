package io.memlake.engine.physical;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Memory on a medium with bad spots: frames that cannot be read are frames without bytes, so that
 * one bad sector does not cost a whole machine. A medium that fails again and again is gone, and
 * then reading fails as it does without this.
 */
public final class SparedPhysicalMemory implements PhysicalMemory {
  /** Failed reads that are borne: a disk takes seconds for each. */
  static final int MAX_FAILURES = 1024;

  private final PhysicalMemory memory;
  private int failures;

  private SparedPhysicalMemory(PhysicalMemory memory) {
    this.memory = memory;
  }

  /** Bears with bad spots of {@code memory}. */
  public static PhysicalMemory wrap(PhysicalMemory memory) {
    return new SparedPhysicalMemory(memory);
  }

  @Override
  public boolean read(long physicalAddress, byte[] target, int offset, int length)
      throws IOException {
    try {
      return memory.read(physicalAddress, target, offset, length);
    } catch (IOException e) {
      bear(e);
      return false;
    }
  }

  @Override
  public void readPages(long firstPfn, int count, byte[] target, int offset, boolean[] present)
      throws IOException {
    try {
      memory.readPages(firstPfn, count, target, offset, present);
      return;
    } catch (IOException e) {
      bear(e);
    }
    for (int i = 0; i < count; i++) {
      int at = offset + (i << PAGE_SHIFT);
      present[i] = read((firstPfn + i) << PAGE_SHIFT, target, at, PAGE_SIZE);
      if (!present[i]) {
        Arrays.fill(target, at, at + PAGE_SIZE, (byte) 0);
      }
    }
  }

  private void bear(IOException failure) throws IOException {
    if (++failures > MAX_FAILURES) {
      throw failure;
    }
  }

  @Override
  public String name() {
    return memory.name();
  }

  @Override
  public List<PageRun> runs() {
    return memory.runs();
  }

  @Override
  public PageState stateOf(long pfn) {
    return memory.stateOf(pfn);
  }

  @Override
  public long endPfn() {
    return memory.endPfn();
  }

  @Override
  public long readablePages() {
    return memory.readablePages();
  }

  @Override
  public void close() throws IOException {
    memory.close();
  }
}
