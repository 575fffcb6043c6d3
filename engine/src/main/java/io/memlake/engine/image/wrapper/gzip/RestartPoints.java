package io.memlake.engine.image.wrapper.gzip;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * The restart points of a file in rising order. Their number and size are bounded: where there
 * would be more, every second one goes and the spans between them double.
 */
final class RestartPoints implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Span between points as long as there are few. */
  static final long FIRST_SPAN = 1 << 20;

  /** A span is decoded into one array. */
  static final long MAX_SPAN = 64 << 20;

  /** Points kept; with the windows of real RAM about 30 MiB. */
  static final int MAX_POINTS = 1 << 14;

  /** Bytes of all windows. */
  static final long MAX_WINDOW_BYTES = 48 << 20;

  private final ArrayList<RestartPoint> points = new ArrayList<>();
  private long span = FIRST_SPAN;
  private long bytes;

  /** Decoded bytes to the next point. */
  long span() {
    return span;
  }

  void add(RestartPoint point) {
    points.add(point);
    bytes += RestartPoint.FIXED_BYTES + point.window().length;
    while ((points.size() > MAX_POINTS || bytes > MAX_WINDOW_BYTES) && span < MAX_SPAN) {
      thin();
    }
  }

  private void thin() {
    span *= 2;
    ArrayList<RestartPoint> kept = new ArrayList<>();
    bytes = 0;
    for (RestartPoint point : points) {
      if (kept.isEmpty() || point.position() - kept.get(kept.size() - 1).position() >= span) {
        kept.add(point);
        bytes += RestartPoint.FIXED_BYTES + point.window().length;
      }
    }
    points.clear();
    points.addAll(kept);
  }

  /** Whether no more points can be kept. */
  boolean full() {
    return span >= MAX_SPAN && (points.size() > MAX_POINTS || bytes > 4 * MAX_WINDOW_BYTES);
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
