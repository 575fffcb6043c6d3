package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The functions of an x64 image by its table of exceptions, as much of it as is in the evidence.
 * Code that a complete table does not list is a leaf: it changes neither stack nor registers that
 * callers rely on.
 */
public final class FunctionTable {
  /** Bytes of a table that are read; those of the kernel and of browsers have below 4 MiB. */
  private static final int MAXIMUM_BYTES = 16 << 20;

  /** A table without entries that is not known to be whole. */
  public static final FunctionTable UNKNOWN =
      new FunctionTable(new int[0], new int[0], new int[0], false);

  private final int[] begins;
  private final int[] ends;
  private final int[] unwinds;
  private final boolean complete;

  private FunctionTable(int[] begins, int[] ends, int[] unwinds, boolean complete) {
    this.begins = begins;
    this.ends = ends;
    this.unwinds = unwinds;
    this.complete = complete;
  }

  /**
   * Reads the table of an image. An image without one, or for another processor, has {@link
   * #UNKNOWN}.
   *
   * @throws IOException when the medium fails
   */
  public static FunctionTable of(AddressSpace space, PeImage image) throws IOException {
    long offset = image.directoryOffset(PeImage.DIRECTORY_EXCEPTION);
    long size = image.directorySize(PeImage.DIRECTORY_EXCEPTION);
    if (!image.is64Bit()
        || image.machine() != PeImage.MACHINE_X64
        || offset == 0
        || size < RuntimeFunction.SIZE
        || size > MAXIMUM_BYTES
        || offset + size > image.sizeOfImage()) {
      return UNKNOWN;
    }
    SparseBytes bytes = SparseBytes.read(space, image.base() + offset, (int) size);
    return new Entries(bytes, image.sizeOfImage()).table();
  }

  /** Entries whose pages are there. */
  private static final class Entries {
    private final SparseBytes table;
    private final long imageSize;
    private final int[] begins;
    private final int[] ends;
    private final int[] unwinds;
    private int count;

    Entries(SparseBytes table, long imageSize) {
      this.table = table;
      this.imageSize = imageSize;
      int room = table.bytes().length / RuntimeFunction.SIZE;
      begins = new int[room];
      ends = new int[room];
      unwinds = new int[room];
    }

    FunctionTable table() {
      boolean sorted = true;
      int last = table.bytes().length - RuntimeFunction.SIZE;
      for (int at = 0; at <= last; at += RuntimeFunction.SIZE) {
        sorted &= !table.has(at, RuntimeFunction.SIZE) || add(table.bytes(), at);
      }
      return new FunctionTable(
          Arrays.copyOf(begins, count),
          Arrays.copyOf(ends, count),
          Arrays.copyOf(unwinds, count),
          table.whole() && sorted);
    }

    /** False for an entry that no linker writes; padding of zeroes is none. */
    private boolean add(byte[] bytes, int at) {
      int begin = LittleEndian.i32(bytes, at);
      int end = LittleEndian.i32(bytes, at + Integer.BYTES);
      int unwind = LittleEndian.i32(bytes, at + 2 * Integer.BYTES);
      if (begin == 0 && end == 0) {
        return true;
      }
      boolean sound =
          Integer.compareUnsigned(begin, end) < 0
              && Integer.toUnsignedLong(end) <= imageSize
              && Integer.toUnsignedLong(unwind) < imageSize
              && (count == 0 || Integer.compareUnsigned(begins[count - 1], begin) < 0);
      if (sound) {
        begins[count] = begin;
        ends[count] = end;
        unwinds[count++] = unwind;
      }
      return sound;
    }
  }

  /** The entry that covers an offset from the base. */
  public Optional<RuntimeFunction> find(long offset) {
    int index = below(offset);
    return index >= 0 && offset < Integer.toUnsignedLong(ends[index])
        ? Optional.of(entry(index))
        : Optional.empty();
  }

  /** Where code before an offset ends that an entry describes, 0 when none does. */
  public long endBefore(long offset) {
    int index = below(offset);
    return index < 0 ? 0 : Math.min(offset, Integer.toUnsignedLong(ends[index]));
  }

  private int below(long offset) {
    int low = 0;
    int high = begins.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Integer.toUnsignedLong(begins[middle]) <= offset) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private RuntimeFunction entry(int index) {
    return new RuntimeFunction(
        Integer.toUnsignedLong(begins[index]),
        Integer.toUnsignedLong(ends[index]),
        Integer.toUnsignedLong(unwinds[index]));
  }

  /** Whether all of the table was there and in order, so that what it lacks is a leaf. */
  public boolean isComplete() {
    return complete;
  }

  /** Entries that are known. */
  public int size() {
    return begins.length;
  }
}
