package io.memlake.engine.physical;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** RAM that a test writes frame by frame; frames that were never written do not exist. */
public final class FrameMap implements PhysicalMemory {
  private final TreeMap<Long, byte[]> frames = new TreeMap<>();
  private long reads;

  /** Writes an 8-byte number; creates its frame. */
  public FrameMap putLong(long physicalAddress, long value) {
    buffer(physicalAddress).putLong((int) (physicalAddress & 0xFFF), value);
    return this;
  }

  /** Writes a 4-byte number; creates its frame. */
  public FrameMap putInt(long physicalAddress, long value) {
    buffer(physicalAddress).putInt((int) (physicalAddress & 0xFFF), (int) value);
    return this;
  }

  /** The bytes of a frame, created when it does not exist. */
  public byte[] frame(long pfn) {
    return frames.computeIfAbsent(pfn, key -> new byte[PAGE_SIZE]);
  }

  /** Takes a frame away. */
  public void remove(long pfn) {
    frames.remove(pfn);
  }

  /** How often frames were asked for. */
  public long reads() {
    return reads;
  }

  private ByteBuffer buffer(long physicalAddress) {
    return ByteBuffer.wrap(frame(physicalAddress >>> 12)).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String name() {
    return "test frames";
  }

  @Override
  public List<PageRun> runs() {
    List<PageRun> runs = new ArrayList<>();
    for (Map.Entry<Long, byte[]> frame : frames.entrySet()) {
      runs.add(new PageRun(frame.getKey(), 1, PageState.PRESENT));
    }
    return runs;
  }

  @Override
  public PageState stateOf(long pfn) {
    return frames.containsKey(pfn) ? PageState.PRESENT : PageState.NOT_DUMPED;
  }

  @Override
  public boolean read(long physicalAddress, byte[] target, int offset, int length) {
    reads++;
    byte[] frame = frames.get(physicalAddress >>> 12);
    if (frame == null) {
      return false;
    }
    System.arraycopy(frame, (int) (physicalAddress & 0xFFF), target, offset, length);
    return true;
  }

  @Override
  public void close() {}
}
