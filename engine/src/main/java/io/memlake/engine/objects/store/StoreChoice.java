package io.memlake.engine.objects.store;

import io.memlake.engine.bytes.Hex;
import java.io.Serializable;
import java.util.Locale;

/**
 * Which row of the table describes this machine's store, and how that was found out.
 *
 * @param layout the row
 * @param manager virtual address of the store manager
 * @param source how the manager was found: {@code symbol}, {@code code pattern}, {@code data
 *     pattern}
 * @param expected whether the row is the one of the machine's build
 * @param pageFileNumber number by which page-table entries mean the store
 * @param numberSource where that number comes from: {@code image}, {@code keys}, {@code default}
 * @param trial what came of reading sampled pages with the row
 */
public record StoreChoice(
    StoreLayout layout,
    long manager,
    String source,
    boolean expected,
    int pageFileNumber,
    String numberSource,
    StoreTrial trial)
    implements Serializable {

  /** Page-file number by which page-table entries mean a page of the store, by its key. */
  public int fileOf(long key) {
    int inKey = layout.pageFileNumberOf(key);
    return inKey < 0 ? pageFileNumber : inKey;
  }

  /** The choice in one sentence, for reports. */
  public String reason() {
    return String.format(
        Locale.ROOT,
        "row %s%s, manager at %s by %s, page-file number %d by %s: %s",
        layout.name(),
        expected ? "" : " although of another build",
        Hex.address(manager),
        source,
        pageFileNumber,
        numberSource,
        trial);
  }
}
