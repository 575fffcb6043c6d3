package io.memlake.testdata.store;

/**
 * One page as it was put into the store.
 *
 * @param store index of its store
 * @param key its key
 * @param page offset in the store's page file, in pages
 * @param recordAddress kernel address of its record
 * @param address address of its bytes in MemCompression
 * @param size bytes it takes: 0 for zeros, 4096 for a page that is stored as it is
 * @param listing how the manager lists it
 */
public record StorePageTruth(
    int store,
    long key,
    long page,
    long recordAddress,
    long address,
    int size,
    StoreListing listing) {}
