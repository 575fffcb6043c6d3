package io.memlake.engine.image.aff4;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.aff4.MapRanges.Range;
import io.memlake.engine.image.extent.StoredBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A map as one stream: pieces of other streams, and zeros where nothing is mapped. */
final class MapBytes implements StoredBytes {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final long size;
  private final ArrayList<StoredBytes> streams;
  private final long[] starts;
  private final long[] lengths;
  private final long[] targets;
  private final int[] streamOf;

  MapBytes(String name, long size, List<StoredBytes> streams, List<Range> ranges) {
    this.name = name;
    this.size = size;
    this.streams = new ArrayList<>(streams);
    starts = ranges.stream().mapToLong(Range::start).toArray();
    lengths = ranges.stream().mapToLong(Range::length).toArray();
    targets = ranges.stream().mapToLong(Range::target).toArray();
    streamOf = ranges.stream().mapToInt(Range::stream).toArray();
  }

  int rangeCount() {
    return starts.length;
  }

  long start(int range) {
    return starts[range];
  }

  long length(int range) {
    return lengths[range];
  }

  long target(int range) {
    return targets[range];
  }

  StoredBytes stream(int range) {
    return streams.get(streamOf[range]);
  }

  @Override
  public List<String> files() {
    Set<String> files = new LinkedHashSet<>();
    streams.forEach(stream -> files.addAll(stream.files()));
    return new ArrayList<>(files);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public ByteSource open(Evidence evidence) throws IOException {
    Reader reader = new Reader(new ByteSource[streams.size()]);
    boolean whole = false;
    try {
      for (int i = 0; i < reader.opened.length; i++) {
        reader.opened[i] = streams.get(i).open(evidence);
      }
      whole = true;
    } finally {
      if (!whole) {
        reader.close();
      }
    }
    return reader;
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
      if (position >= size) {
        return 0;
      }
      int wanted = (int) Math.min(length, size - position);
      int done = 0;
      while (done < wanted) {
        long at = position + done;
        int found = Arrays.binarySearch(starts, at);
        int range = found >= 0 ? found : -found - 2;
        int place = offset + done;
        if (range >= 0 && at < starts[range] + lengths[range]) {
          int part = (int) Math.min(wanted - done, starts[range] + lengths[range] - at);
          long from = targets[range] + (at - starts[range]);
          int count = opened[streamOf[range]].read(from, target, place, part);
          if (count < part) {
            throw new CorruptImageException(
                opened[streamOf[range]].name(), from, "the stream ends before its map does");
          }
          done += part;
        } else {
          long next = range + 1 < starts.length ? starts[range + 1] : size;
          int part = (int) Math.min(wanted - done, next - at);
          Arrays.fill(target, place, place + part, (byte) 0);
          done += part;
        }
      }
      return done;
    }

    @Override
    public void close() throws IOException {
      IOException failure = null;
      for (ByteSource source : opened) {
        try {
          if (source != null) {
            source.close();
          }
        } catch (IOException e) {
          failure = e;
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
