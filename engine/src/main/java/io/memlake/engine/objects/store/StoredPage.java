package io.memlake.engine.objects.store;

import java.io.Serializable;

/**
 * Where one page lies in the store.
 *
 * @param store index of its store, or -1 when the way ended before it
 * @param key key of the page, unsigned 32 bits
 * @param listed whether the manager's tree leads to it; false for pages that only their store still
 *     knows
 * @param regionKey key of its record, unsigned 32 bits, or -1
 * @param region number of its region, or -1
 * @param address virtual address of its bytes in the owner's space, or 0
 * @param compressedSize how many bytes it takes: 0 for a page of zeros, 4096 for one that is stored
 *     as it is
 * @param status {@link StoredPageStatus#OK} when it was located
 */
public record StoredPage(
    int store,
    long key,
    boolean listed,
    long regionKey,
    int region,
    long address,
    int compressedSize,
    StoredPageStatus status)
    implements Serializable {

  /** A page whose way ends early. */
  static StoredPage lost(int store, long key, boolean listed, StoredPageStatus status) {
    return new StoredPage(store, key, listed, -1, -1, 0, 0, status);
  }

  /** Whether its place is known. */
  public boolean isLocated() {
    return status == StoredPageStatus.OK;
  }
}
