package io.memlake.engine.objects.store;

import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.paging.pagefile.PagedOutEntries;
import io.memlake.engine.paging.pagefile.SlotState;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Page-file slots with the compressed store among them: the store's number leads into the store,
 * every other number into the page files. Remembers the pages decoded last.
 *
 * <p>One instance belongs to one thread.
 */
public final class StorePages implements PageSlots {
  /** Pages that are remembered unless the caller says otherwise: 2 MiB. */
  public static final int USUAL_CACHE = 512;

  private static final int PAGE_SIZE = 4096;
  private static final long VACANT = -1;

  private final CompressedStore store;
  private final int number;
  private final PageSlots files;
  private final long[] cachedKeys;
  private final byte[][] cachedPages;
  private final Map<StoredPageStatus, LongAdder> counts = new EnumMap<>(StoredPageStatus.class);

  /**
   * Slots of one machine.
   *
   * @param number page-file number of the store, see {@link StoreChoice#pageFileNumber}
   * @param files the page files on disk
   * @param cachePages how many decoded pages are remembered; 0 switches the cache off
   */
  public StorePages(CompressedStore store, int number, PageSlots files, int cachePages) {
    this.store = store;
    this.number = number;
    this.files = files;
    this.cachedKeys = new long[Math.max(cachePages, 0)];
    this.cachedPages = new byte[cachedKeys.length][];
    Arrays.fill(cachedKeys, VACANT);
    for (StoredPageStatus status : StoredPageStatus.values()) {
      counts.put(status, new LongAdder());
    }
  }

  /**
   * The pages as an address space asks for them.
   *
   * @param rest asked for entries that are in no page file
   */
  public PagedOutPages pagedOut(PteLayout layout, PagedOutPages rest) {
    return new PagedOutEntries(layout, this, rest);
  }

  @Override
  public SlotState read(int pageFileNumber, long slot, byte[] target, int offset)
      throws IOException {
    if (pageFileNumber != number) {
      return files.read(pageFileNumber, slot, target, offset);
    }
    StoredPageStatus status = readKey(store.layout().pageKey(number, slot), target, offset);
    return status == StoredPageStatus.OK ? SlotState.PRESENT : SlotState.NOT_IN_STORE;
  }

  /** Reads the page of a key; what becomes of it is counted. */
  public StoredPageStatus readKey(long key, byte[] target, int offset) throws IOException {
    int place = cachedKeys.length == 0 ? -1 : (int) (key % cachedKeys.length);
    StoredPageStatus status = StoredPageStatus.OK;
    if (place >= 0 && cachedKeys[place] == key) {
      System.arraycopy(cachedPages[place], 0, target, offset, PAGE_SIZE);
    } else {
      status = store.read(store.find(key), target, offset);
      if (status == StoredPageStatus.OK) {
        remember(place, key, target, offset);
      }
    }
    counts.get(status).increment();
    return status;
  }

  /** The store behind the slots, for walks over all of it. */
  public CompressedStore store() {
    return store;
  }

  /** How many reads ended this way, for the report about the evidence. */
  public long count(StoredPageStatus status) {
    return counts.get(status).sum();
  }

  private void remember(int place, long key, byte[] page, int offset) {
    if (place < 0) {
      return;
    }
    if (cachedPages[place] == null) {
      cachedPages[place] = new byte[PAGE_SIZE];
    }
    System.arraycopy(page, offset, cachedPages[place], 0, PAGE_SIZE);
    cachedKeys[place] = key;
  }
}
