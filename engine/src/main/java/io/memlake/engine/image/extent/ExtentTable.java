package io.memlake.engine.image.extent;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * For every frame that a container speaks of: its state, and where its bytes are stored. Extents
 * are sorted by frame and do not overlap; they live in primitive arrays, since a kernel dump of a
 * large host has hundreds of thousands of them.
 *
 * <p>A frame of which only a part is stored is an extent of its own with a <em>fragment</em>: the
 * offset in the frame and the number of bytes. The rest of such a frame reads as zeros.
 */
public final class ExtentTable implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Location of an extent without bytes. */
  static final long NOWHERE = -1;

  /** Fragment of an extent that is stored whole. */
  static final int WHOLE = 0;

  /** An index beyond this size (about 140 MiB) is refused. */
  static final int MAX_EXTENTS = 1 << 22;

  private static final List<PageState> STATES = List.of(PageState.values());

  private transient long[] firstPfns;
  private transient long[] pageCounts;
  private transient byte[] states;
  private transient int[] sources;
  private transient long[] locations;
  private transient int[] fragments;
  private transient List<PageRun> runs;

  ExtentTable(int capacity) {
    allocate(capacity);
  }

  private void allocate(int size) {
    firstPfns = new long[size];
    pageCounts = new long[size];
    states = new byte[size];
    sources = new int[size];
    locations = new long[size];
    fragments = new int[size];
  }

  void set(
      int extent,
      long firstPfn,
      long pageCount,
      PageState state,
      int source,
      long location,
      int fragment) {
    firstPfns[extent] = firstPfn;
    pageCounts[extent] = pageCount;
    states[extent] = (byte) STATES.indexOf(state);
    sources[extent] = source;
    locations[extent] = location;
    fragments[extent] = fragment;
  }

  /** A copy with room for more, or without the room that is not needed. */
  ExtentTable resized(int size) {
    ExtentTable copy = new ExtentTable(0);
    copy.firstPfns = Arrays.copyOf(firstPfns, size);
    copy.pageCounts = Arrays.copyOf(pageCounts, size);
    copy.states = Arrays.copyOf(states, size);
    copy.sources = Arrays.copyOf(sources, size);
    copy.locations = Arrays.copyOf(locations, size);
    copy.fragments = Arrays.copyOf(fragments, size);
    return copy;
  }

  /** Makes one of two extents when the right one continues the left in frames and in bytes. */
  boolean join(int left, int right) {
    if (endPfn(left) != firstPfns[right]
        || states[left] != states[right]
        || fragments[left] != WHOLE
        || fragments[right] != WHOLE) {
      return false;
    }
    boolean stored = locations[left] != NOWHERE;
    boolean continues =
        stored
            ? sources[left] == sources[right]
                && locations[left] + (pageCounts[left] << PhysicalMemory.PAGE_SHIFT)
                    == locations[right]
            : locations[right] == NOWHERE;
    if (continues) {
      pageCounts[left] += pageCounts[right];
    }
    return continues;
  }

  /** How many extents there are. */
  public int size() {
    return firstPfns.length;
  }

  /** First frame of an extent. */
  public long firstPfn(int extent) {
    return firstPfns[extent];
  }

  /** The frame after the last of an extent. */
  public long endPfn(int extent) {
    return firstPfns[extent] + pageCounts[extent];
  }

  /** What the evidence says about the frames of an extent. */
  public PageState state(int extent) {
    return STATES.get(states[extent]);
  }

  /** Number of the stored bytes that hold the extent. */
  int source(int extent) {
    return sources[extent];
  }

  /** Where in the stored bytes the extent begins; {@link #NOWHERE} when it has no bytes. */
  long location(int extent) {
    return locations[extent];
  }

  int fragment(int extent) {
    return fragments[extent];
  }

  /** The extent that holds a frame, or -1. */
  public int find(long pfn) {
    int extent = floor(pfn);
    return extent >= 0 && pfn < endPfn(extent) ? extent : -1;
  }

  /** The last extent that begins at or before a frame, or -1. */
  public int floor(long pfn) {
    int found = Arrays.binarySearch(firstPfns, pfn);
    return found >= 0 ? found : -found - 2;
  }

  /** Neighbouring extents of one state as one run. */
  public synchronized List<PageRun> runs() {
    if (runs == null) {
      List<PageRun> merged = new ArrayList<>();
      int next;
      for (int extent = 0; extent < size(); extent = next) {
        next = extent + 1;
        while (next < size()
            && states[next] == states[extent]
            && firstPfns[next] == endPfn(next - 1)) {
          next++;
        }
        long first = firstPfns[extent];
        merged.add(new PageRun(first, endPfn(next - 1) - first, state(extent)));
      }
      runs = Collections.unmodifiableList(merged);
    }
    return runs;
  }

  static int fragment(int start, int length) {
    return (start << 16) | length;
  }

  static int fragmentStart(int fragment) {
    return fragment >>> 16;
  }

  static int fragmentLength(int fragment) {
    return fragment & 0xFFFF;
  }

  /**
   * Written as differences in variable-length numbers: a run then costs about six bytes, and the
   * index travels to every executor.
   */
  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    writeNumber(out, size());
    long pfn = 0;
    long location = 0;
    for (int i = 0; i < size(); i++) {
      writeNumber(out, firstPfns[i] - pfn);
      writeNumber(out, pageCounts[i]);
      out.writeByte(states[i]);
      writeNumber(out, sources[i]);
      writeNumber(out, zigZag(locations[i] - location));
      writeNumber(out, fragments[i]);
      pfn = endPfn(i);
      location = locations[i];
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    long count = readNumber(in);
    if (count < 0 || count > MAX_EXTENTS) {
      throw new InvalidObjectException("Index of " + count + " extents");
    }
    allocate((int) count);
    long pfn = 0;
    long location = 0;
    for (int i = 0; i < count; i++) {
      firstPfns[i] = pfn + readNumber(in);
      pageCounts[i] = readNumber(in);
      states[i] = in.readByte();
      sources[i] = (int) readNumber(in);
      long moved = readNumber(in);
      locations[i] = location + unZigZag(moved);
      fragments[i] = (int) readNumber(in);
      pfn = endPfn(i);
      location = locations[i];
    }
  }

  private static long zigZag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  private static long unZigZag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }

  private static void writeNumber(ObjectOutputStream out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readNumber(ObjectInputStream in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = in.readUnsignedByte();
      value |= (part & 0x7FL) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw new InvalidObjectException("Number of more than 64 bits in an index");
  }
}
