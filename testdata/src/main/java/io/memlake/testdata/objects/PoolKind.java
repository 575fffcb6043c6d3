package io.memlake.testdata.objects;

/** The two kernel pools. The number is the PoolType of a block in use. */
public enum PoolKind {
  /** Always resident; even pool types. */
  NONPAGED(2),
  /** May leave RAM; odd pool types. */
  PAGED(3);

  private final int inUse;

  PoolKind(int inUse) {
    this.inUse = inUse;
  }

  int inUse() {
    return inUse;
  }
}
