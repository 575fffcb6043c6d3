package io.memlake.engine.objects.registry;

import java.util.BitSet;

/** A set of cells: a bit for each 8 bytes of a storage that is in use. */
public final class CellSet {
  private static final int SHIFT = 3;

  private final BitSet stable = new BitSet();
  private final BitSet unstable = new BitSet();

  /** An empty set. */
  public CellSet() {}

  /** Adds a cell; false when it was there. */
  public boolean add(int cell) {
    BitSet set = storage(cell);
    int bit = (int) (CellSource.offset(cell) >>> SHIFT);
    boolean fresh = !set.get(bit);
    set.set(bit);
    return fresh;
  }

  /** Whether the cell is in the set. */
  public boolean contains(int cell) {
    return storage(cell).get((int) (CellSource.offset(cell) >>> SHIFT));
  }

  /** How many cells it holds. */
  public int size() {
    return stable.cardinality() + unstable.cardinality();
  }

  private BitSet storage(int cell) {
    return CellSource.isVolatile(cell) ? unstable : stable;
  }
}
