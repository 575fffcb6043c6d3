package io.memlake.engine.image.wrapper.restart;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * The restart points of a file in rising order. Their number and size are bounded: where there
 * would be more, every second one goes and the spans between them double.
 *
 * @param <P> what the decoder needs to start
 */
public final class RestartPoints<P extends RestartPoint> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Span between points as long as there are few. */
  static final long FIRST_SPAN = 1 << 20;

  /** A span is decoded into one array. */
  static final long MAX_SPAN = 64 << 20;

  /** Points before spans double; with the windows of real RAM about 30 MiB. */
  public static final int MANY_POINTS = 1 << 14;

  /** Bytes of all points before spans double, and the most that is borne. */
  static final long MANY_BYTES = 48 << 20;

  private static final long MAX_BYTES = 192 << 20;
  private static final int MAX_POINTS = 4 * MANY_POINTS;

  private final ArrayList<P> points = new ArrayList<>();
  private long span = FIRST_SPAN;
  private long bytes;

  /** No points yet. */
  public RestartPoints() {}

  /** Decoded bytes to the next point. */
  public long span() {
    return span;
  }

  /** Makes spans at least as long as a window, so that few windows are watched at once. */
  public void widen(long window) {
    while (span < window && span < MAX_SPAN) {
      span *= 2;
    }
  }

  /** Adds a point behind all others. */
  public void add(P point) {
    points.add(point);
    bytes += point.heapBytes();
    while ((points.size() > MANY_POINTS || bytes > MANY_BYTES) && span < MAX_SPAN) {
      span *= 2;
      thin();
    }
  }

  private void thin() {
    ArrayList<P> kept = new ArrayList<>();
    bytes = 0;
    for (P point : points) {
      if (kept.isEmpty()
          || point.isFirst()
          || point.position() - kept.get(kept.size() - 1).position() >= span) {
        kept.add(point);
        bytes += point.heapBytes();
      }
    }
    points.clear();
    points.addAll(kept);
  }

  /** Drops the points behind a place in the content, as they turned out to be useless. */
  public void dropAfter(long position) {
    while (!points.isEmpty()
        && points.get(points.size() - 1).position() > position
        && !points.get(points.size() - 1).isFirst()) {
      bytes -= points.remove(points.size() - 1).heapBytes();
    }
  }

  /** Whether no more points can be kept. */
  public boolean full() {
    return points.size() > MAX_POINTS || bytes > MAX_BYTES;
  }

  /** How many there are. */
  public int size() {
    return points.size();
  }

  /** A point by its number. */
  public P get(int point) {
    return points.get(point);
  }

  /** The number of the last point at or before a decoded byte. */
  public int find(long position) {
    int low = 0;
    int high = points.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (points.get(middle).position() <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
