package io.memlake.engine.objects.registry;

import java.io.IOException;
import java.util.Set;

/** A hive of which some blocks are absent. */
record Holes(CellSource whole, Set<Integer> blocks) implements CellSource {
  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public long length(boolean volatileStorage) {
    return whole.length(volatileStorage);
  }

  @Override
  public boolean read(int position, byte[] target, int offset, int length) throws IOException {
    long first = CellSource.offset(position) / BLOCK;
    long last = (CellSource.offset(position) + Math.max(1, length) - 1) / BLOCK;
    for (long block = first; block <= last; block++) {
      if (blocks.contains((int) block)) {
        return false;
      }
    }
    return whole.read(position, target, offset, length);
  }
}
