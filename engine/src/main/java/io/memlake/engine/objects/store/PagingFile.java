package io.memlake.engine.objects.store;

import java.io.Serializable;

/**
 * A page file as the running kernel knew it ({@code _MMPAGING_FILE}).
 *
 * @param number number in page-table entries
 * @param kind what it is for
 * @param name path as Windows has it, empty when it is not in the evidence
 * @param pages size in pages
 */
public record PagingFile(int number, Kind kind, String name, long pages) implements Serializable {
  /** What a page file is for. */
  public enum Kind {
    /** An ordinary page file. */
    PAGE_FILE,
    /** {@code swapfile.sys}: working sets of suspended apps. */
    SWAP_FILE,
    /** The compressed store, which has no file. */
    STORE
  }
}
