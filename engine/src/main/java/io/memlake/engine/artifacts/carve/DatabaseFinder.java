package io.memlake.engine.artifacts.carve;

import io.memlake.engine.objects.database.DatabasePage;
import io.memlake.engine.objects.database.OverflowPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the database around a page: where the file is mapped, or cached, its first page lies before
 * and says how large pages are. Pages in the memory of a browser stand alone. Belongs to one
 * thread.
 */
final class DatabaseFinder {
  private static final byte[] SIGNATURE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 100;
  private static final int PAGE = 4096;

  /** How far back is looked: histories have some 100 MiB at most. */
  private static final int MAX_PAGES = 1 << 16;

  /** Free pages that are listed: as many as such a file has. */
  private static final int MAX_FREE = 1 << 20;

  private Found last;
  private Object nowhereSpace;
  private long nowhereFrom;
  private long nowhereTo;

  /**
   * The database of a page that is mapped.
   *
   * @param usable bytes of a page without those that are reserved
   * @param number number of the page that was asked about
   * @param free whether the database has the page in its list of free ones
   */
  record Database(int usable, long number, boolean free, OverflowPages pages) {}

  /** The database around the page at which {@code candidate} lies; empty when it stands alone. */
  Optional<Database> around(Candidate candidate) throws IOException {
    Optional<Found> found = find(candidate);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    long distance = candidate.addressInSpace() - found.get().base;
    if (distance % found.get().size != 0) {
      return Optional.empty();
    }
    long number = distance / found.get().size + 1;
    return Optional.of(
        new Database(
            found.get().usable, number, found.get().free.contains(number), found.get()::page));
  }

  private Optional<Found> find(Candidate candidate) throws IOException {
    if (!candidate.isMapped()) {
      return Optional.empty();
    }
    long at = candidate.addressInSpace();
    Object space = candidate.spaceKey();
    if (last != null
        && last.space.equals(space)
        && at >= last.base
        && at - last.base < last.bytes) {
      return Optional.of(last);
    }
    boolean sameSpace = space.equals(nowhereSpace);
    if (sameSpace && at >= nowhereFrom && at <= nowhereTo) {
      return Optional.empty();
    }
    long down = at & -PAGE;
    for (int i = 0; i < MAX_PAGES; i++, down -= PAGE) {
      if (sameSpace && down <= nowhereTo && down >= nowhereFrom) {
        down = nowhereFrom;
        break;
      }
      byte[] head = candidate.bytesAt(down, HEADER);
      if (head.length < HEADER) {
        break;
      }
      if (Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
        last = Found.of(candidate, down, head);
        return last != null && at - down < last.bytes ? Optional.of(last) : Optional.empty();
      }
    }
    nowhereSpace = space;
    nowhereFrom = down;
    nowhereTo = at;
    return Optional.empty();
  }

  private static final class Found {
    private final Candidate candidate;
    private final Object space;
    private final long base;
    private final int size;
    private final int usable;
    private final long bytes;
    private final Set<Long> free = new HashSet<>();

    private Found(Candidate candidate, long base, int size, int usable, long bytes) {
      this.candidate = candidate;
      this.space = candidate.spaceKey();
      this.base = base;
      this.size = size;
      this.usable = usable;
      this.bytes = bytes;
    }

    /** Null when the header makes no sense. */
    static Found of(Candidate candidate, long base, byte[] head) throws IOException {
      ByteBuffer header = ByteBuffer.wrap(head);
      int size = header.getShort(16) & 0xFFFF;
      size = size == 1 ? DatabasePage.MAX_SIZE : size;
      int reserved = header.get(20) & 0xFF;
      long pages = header.getInt(28) & 0xFFFF_FFFFL;
      if (size < DatabasePage.MIN_SIZE || Integer.bitCount(size) != 1 || pages == 0) {
        return null;
      }
      Found found = new Found(candidate, base, size, size - reserved, pages * size);
      found.readFree(header.getInt(32) & 0xFFFF_FFFFL);
      return found;
    }

    /** A trunk names the next trunk, how many pages it lists, and these. */
    private void readFree(long first) throws IOException {
      long trunk = first;
      while (trunk != 0 && free.size() < MAX_FREE && free.add(trunk)) {
        Optional<byte[]> page = page(trunk);
        if (page.isEmpty()) {
          return;
        }
        ByteBuffer list = ByteBuffer.wrap(page.get());
        trunk = list.getInt() & 0xFFFF_FFFFL;
        long count = Math.min(list.getInt() & 0xFFFF_FFFFL, list.remaining() / Integer.BYTES);
        for (long i = 0; i < count; i++) {
          free.add(list.getInt() & 0xFFFF_FFFFL);
        }
      }
    }

    Optional<byte[]> page(long number) throws IOException {
      if (number < 1 || (number - 1) * size >= bytes) {
        return Optional.empty();
      }
      byte[] page = candidate.bytesAt(base + (number - 1) * size, usable);
      return page.length < usable ? Optional.empty() : Optional.of(page);
    }
  }
}
