package io.memlake.engine.paging.pagefile;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.Closeable;
import java.io.IOException;

/**
 * One {@code pagefile.sys} or {@code swapfile.sys}: whole pages without any frame around them. One
 * instance belongs to one thread.
 */
public final class PageFile implements Closeable {
  private final int number;
  private final ByteSource source;

  /**
   * The page file with the given number.
   *
   * @param number 0 to 15, as page-table entries call it
   * @param source the bytes of the file; closed with this page file
   */
  public PageFile(int number, ByteSource source) {
    if (number < 0 || number >= PageSlots.MAX_NUMBERS) {
      throw new IllegalArgumentException(
          "Cannot use " + source.name() + " as page file " + number + ": numbers go from 0 to 15");
    }
    this.number = number;
    this.source = source;
  }

  /** The number by which page-table entries mean this file. */
  public int number() {
    return number;
  }

  /** Path or URI of the file. */
  public String name() {
    return source.name();
  }

  /** How many whole pages the file has. */
  public long pageCount() {
    return source.size() >>> PhysicalMemory.PAGE_SHIFT;
  }

  /**
   * Reads a whole page.
   *
   * @return false when the file ends before the end of the page, be it by its size or because it
   *     shrank
   * @throws IOException when the medium fails
   */
  public boolean readPage(long page, byte[] target, int offset) throws IOException {
    if (page < 0 || page >= pageCount()) {
      return false;
    }
    return source.read(page << PhysicalMemory.PAGE_SHIFT, target, offset, PhysicalMemory.PAGE_SIZE)
        == PhysicalMemory.PAGE_SIZE;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
