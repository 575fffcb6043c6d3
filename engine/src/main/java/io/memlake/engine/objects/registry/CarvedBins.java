package io.memlake.engine.objects.registry;

import java.util.Map;
import java.util.TreeMap;

/**
 * Bins of one hive that were found one by one, each at the offset that its header names; all
 * between them is absent.
 */
public final class CarvedBins implements CellSource {
  private final String name;
  private final TreeMap<Long, byte[]> bins = new TreeMap<>();
  private long length;

  /** No bins yet. */
  public CarvedBins(String name) {
    this.name = name;
  }

  /**
   * Adds a bin; the first one at an offset stays.
   *
   * @param bin its header
   * @param bytes what was found of it, from the header on; less than its size when it is cut off
   * @return false when another bin already covers a part of its range
   */
  public boolean add(HiveBin bin, byte[] bytes) {
    Map.Entry<Long, byte[]> before = bins.lowerEntry(bin.end());
    if (before != null && before.getKey() + before.getValue().length > bin.offset()) {
      return false;
    }
    bins.put(bin.offset(), bytes.clone());
    length = Math.min(Integer.MAX_VALUE, Math.max(length, bin.end()));
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long length(boolean volatileStorage) {
    return volatileStorage ? 0 : length;
  }

  @Override
  public boolean read(int position, byte[] target, int offset, int count) {
    if (CellSource.isVolatile(position)) {
      return false;
    }
    long at = CellSource.offset(position);
    Map.Entry<Long, byte[]> entry = bins.floorEntry(at);
    if (entry == null || at - entry.getKey() + count > entry.getValue().length) {
      return false;
    }
    System.arraycopy(entry.getValue(), (int) (at - entry.getKey()), target, offset, count);
    return true;
  }
}
