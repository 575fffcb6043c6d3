package io.memlake.engine.image.extent;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Ranges of files that follow each other and read as one: the segments of a split image, or the
 * pieces in which a container stores a stream.
 */
public final class StoredSegments implements StoredBytes {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final ArrayList<String> files;
  private final int[] fileOf;
  private final long[] starts;
  private final long[] offsets;
  private final long size;

  /**
   * One piece.
   *
   * @param file that holds it
   * @param offset of its first byte in the file
   * @param length in bytes, at least 1
   */
  public record Segment(String file, long offset, long length) {}

  /** The segments in their order; {@code name} is what errors call the whole. */
  public StoredSegments(String name, List<Segment> segments) {
    this.name = name;
    this.files = new ArrayList<>();
    this.fileOf = new int[segments.size()];
    this.starts = new long[segments.size()];
    this.offsets = new long[segments.size()];
    long at = 0;
    for (int i = 0; i < fileOf.length; i++) {
      Segment segment = segments.get(i);
      if (segment.length <= 0 || segment.offset < 0 || segment.length > Long.MAX_VALUE - at) {
        throw new IllegalArgumentException("Segment of " + segment.length + " bytes in " + name);
      }
      int file = files.indexOf(segment.file);
      if (file < 0) {
        file = files.size();
        files.add(segment.file);
      }
      fileOf[i] = file;
      starts[i] = at;
      offsets[i] = segment.offset;
      at += segment.length;
    }
    this.size = at;
  }

  @Override
  public List<String> files() {
    return Collections.unmodifiableList(files);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public ByteSource open(Evidence evidence) throws IOException {
    ByteSource[] opened = new ByteSource[files.size()];
    boolean whole = false;
    try {
      for (int i = 0; i < opened.length; i++) {
        opened[i] = evidence.open(files.get(i));
      }
      whole = true;
    } finally {
      if (!whole) {
        ExtentMemory.closeAll(opened);
      }
    }
    return new Reader(opened);
  }

  private final class Reader implements ByteSource {
    private final ByteSource[] opened;

    Reader(ByteSource[] opened) {
      this.opened = opened;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      int done = 0;
      while (done < length && position + done < size) {
        long at = position + done;
        int found = Arrays.binarySearch(starts, at);
        int segment = found >= 0 ? found : -found - 2;
        long end = segment + 1 < starts.length ? starts[segment + 1] : size;
        int part = (int) Math.min(length - done, end - at);
        long place = offsets[segment] + (at - starts[segment]);
        int count = opened[fileOf[segment]].read(place, target, offset + done, part);
        done += count;
        if (count < part) {
          break;
        }
      }
      return done;
    }

    @Override
    public void close() throws IOException {
      ExtentMemory.closeAll(opened);
    }
  }
}
