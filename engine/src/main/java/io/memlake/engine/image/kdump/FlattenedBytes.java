package io.memlake.engine.image.kdump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.extent.StoredBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Pieces of a file in their right order; what no piece covers reads as zeros. */
final class FlattenedBytes implements StoredBytes {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long[] starts;
  private final long[] lengths;
  private final long[] places;

  private FlattenedBytes(String file, long[] starts, long[] lengths, long[] places) {
    this.file = file;
    this.starts = starts;
    this.lengths = lengths;
    this.places = places;
  }

  @Override
  public List<String> files() {
    return List.of(file);
  }

  @Override
  public long size() {
    int last = starts.length - 1;
    return last < 0 ? 0 : starts[last] + lengths[last];
  }

  @Override
  public ByteSource open(Evidence evidence) throws IOException {
    return new Reader(evidence.open(file));
  }

  private final class Reader implements ByteSource {
    private final ByteSource source;

    Reader(ByteSource source) {
      this.source = source;
    }

    @Override
    public String name() {
      return file;
    }

    @Override
    public long size() {
      return FlattenedBytes.this.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      int wanted = (int) Math.max(0, Math.min(length, size() - position));
      int done = 0;
      while (done < wanted) {
        long at = position + done;
        int found = Arrays.binarySearch(starts, at);
        int piece = found >= 0 ? found : -found - 2;
        long inPiece = piece < 0 ? 0 : at - starts[piece];
        int part;
        if (piece >= 0 && inPiece < lengths[piece]) {
          part = (int) Math.min(wanted - done, lengths[piece] - inPiece);
          if (source.read(places[piece] + inPiece, target, offset + done, part) < part) {
            return done;
          }
        } else {
          part = (int) Math.min(wanted - done, starts[piece + 1] - at);
          Arrays.fill(target, offset + done, offset + done + part, (byte) 0);
        }
        done += part;
      }
      return done;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  /** Collects pieces in the order of the file; a later one replaces what it covers. */
  static final class Builder {
    private final String file;
    private long[] starts = new long[1024];
    private long[] lengths = new long[1024];
    private long[] places = new long[1024];
    private int size;
    private boolean rising = true;

    Builder(String file) {
      this.file = file;
    }

    int size() {
      return size;
    }

    void add(long start, long place, long length) {
      if (size == starts.length) {
        starts = Arrays.copyOf(starts, 2 * size);
        lengths = Arrays.copyOf(lengths, 2 * size);
        places = Arrays.copyOf(places, 2 * size);
      }
      rising &= size == 0 || start >= starts[size - 1] + lengths[size - 1];
      starts[size] = start;
      lengths[size] = length;
      places[size] = place;
      size++;
    }

    FlattenedBytes build() {
      if (!rising) {
        sort();
      }
      return new FlattenedBytes(
          file,
          Arrays.copyOf(starts, size),
          Arrays.copyOf(lengths, size),
          Arrays.copyOf(places, size));
    }

    private void sort() {
      TreeMap<Long, long[]> pieces = new TreeMap<>();
      for (int i = 0; i < size; i++) {
        put(pieces, starts[i], lengths[i], places[i]);
      }
      size = 0;
      rising = true;
      pieces.forEach((start, piece) -> add(start, piece[1], piece[0]));
    }

    /** Pieces are length and place by start. */
    private static void put(
        NavigableMap<Long, long[]> pieces, long start, long length, long place) {
      long end = start + length;
      Map.Entry<Long, long[]> before = pieces.lowerEntry(start);
      if (before != null && before.getKey() + before.getValue()[0] > start) {
        long[] cut = before.getValue();
        long beforeEnd = before.getKey() + cut[0];
        if (beforeEnd > end) {
          pieces.put(end, new long[] {beforeEnd - end, cut[1] + (end - before.getKey())});
        }
        pieces.put(before.getKey(), new long[] {start - before.getKey(), cut[1]});
      }
      List<Long> covered = new ArrayList<>(pieces.subMap(start, true, end, false).keySet());
      for (long key : covered) {
        long[] piece = pieces.remove(key);
        if (key + piece[0] > end) {
          pieces.put(end, new long[] {key + piece[0] - end, piece[1] + (end - key)});
        }
      }
      pieces.put(start, new long[] {length, place});
    }
  }
}
