package io.memlake.engine.image.wrapper.zstd;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * The restart points of a file in rising order. Their number and size are bounded: where there
 * would be more, every second one inside a frame goes and the spans between them double.
 */
final class RestartPoints implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Least span between points; a longer window makes it longer. */
  static final long FIRST_SPAN = 1 << 20;

  /** A span is decoded into one array. */
  static final long MAX_SPAN = 64 << 20;

  /** Points kept. */
  private static final int MAX_POINTS = 1 << 14;

  /** Bytes of all points before spans double, and the most that is borne. */
  private static final long GOOD_BYTES = 48 << 20;

  private static final long MAX_BYTES = 192 << 20;

  private final ArrayList<RestartPoint> points = new ArrayList<>();
  private long span = FIRST_SPAN;
  private long bytes;

  /** Decoded bytes to the next point. */
  long span() {
    return span;
  }

  /** Makes spans at least as long as a window, so that few windows are watched at once. */
  void widen(long window) {
    while (span < window && span < MAX_SPAN) {
      span *= 2;
    }
  }

  void add(RestartPoint point) {
    points.add(point);
    bytes += size(point);
    while ((points.size() > MAX_POINTS || bytes > GOOD_BYTES) && span < MAX_SPAN) {
      span *= 2;
      thin();
    }
  }

  private void thin() {
    ArrayList<RestartPoint> kept = new ArrayList<>();
    bytes = 0;
    for (RestartPoint point : points) {
      if (point.isFirst() || point.position() - kept.get(kept.size() - 1).position() >= span) {
        kept.add(point);
        bytes += size(point);
      }
    }
    points.clear();
    points.addAll(kept);
  }

  /** Drops the points behind a place in the content, as they turned out to be useless. */
  void dropAfter(long position) {
    while (!points.isEmpty()
        && points.get(points.size() - 1).position() > position
        && !points.get(points.size() - 1).isFirst()) {
      bytes -= size(points.remove(points.size() - 1));
    }
  }

  private static long size(RestartPoint point) {
    return RestartPoint.FIXED_BYTES + point.window().length;
  }

  /** Whether no more points can be kept. */
  boolean full() {
    return points.size() > 4 * MAX_POINTS || bytes > MAX_BYTES;
  }

  int size() {
    return points.size();
  }

  RestartPoint get(int point) {
    return points.get(point);
  }

  /** The last point at or before a decoded byte. */
  int find(long position) {
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
