package io.memlake.engine.artifacts.carve;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;

/** Numbers of pages; immutable. */
public final class PageSet implements Serializable {
  /** No pages. */
  public static final PageSet NONE = new PageSet(new long[0]);

  private static final long serialVersionUID = 1L;

  private final long[] pages;

  private PageSet(long[] sorted) {
    this.pages = sorted;
  }

  /** The pages of all of {@code parts}. */
  public static PageSet of(Collection<long[]> parts) {
    return new PageSet(parts.stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray());
  }

  /** Whether a page is one of them. */
  public boolean contains(long page) {
    return Arrays.binarySearch(pages, page) >= 0;
  }
}
