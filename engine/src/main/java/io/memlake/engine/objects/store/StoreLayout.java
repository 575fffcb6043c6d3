package io.memlake.engine.objects.store;

import java.io.Serializable;
import java.util.Optional;

/**
 * Offsets of the store manager's structures in a range of builds, in bytes.
 *
 * @param name the row, for reports
 * @param firstBuild first build of Windows that it describes
 * @param lastBuild last such build
 * @param pointerSize 8 or 4
 * @param globalsPointer member of {@code SmGlobals} that leads to the manager, or -1 when {@code
 *     SmGlobals} is the manager
 * @param globalsAdjust how far in front of that pointer the manager starts
 * @param keyToStoreTree pointer to the root of the tree from page keys to stores, in the manager
 * @param metadataSize bytes of an element of the manager's arrays of stores
 * @param pagesTree pointer to the root of the tree from page keys to region keys, in a store
 * @param chunkMetadata {@code SMHP_CHUNK_METADATA} in a store
 * @param regionSizeMask mask of the place in a region, in units of 16 bytes
 * @param regionIndexShift how far the number of the region is shifted up in a record's key
 * @param algorithmOffset number of the algorithm in a store, or -1 when {@code fixedAlgorithm} says
 * @param fixedAlgorithm the algorithm of all stores, or null when stores name it
 * @param regionPointers pointer to the array of addresses of regions, in a store
 * @param ownerProcess pointer to the {@code EPROCESS} in whose space the regions are, in a store
 * @param chunkEntrySize bytes of an element of the arrays of chunks
 * @param keyHasNumber whether page keys hold the page-file number in their upper four bits
 */
public record StoreLayout(
    String name,
    int firstBuild,
    int lastBuild,
    int pointerSize,
    int globalsPointer,
    int globalsAdjust,
    int keyToStoreTree,
    int metadataSize,
    int pagesTree,
    int chunkMetadata,
    int regionSizeMask,
    int regionIndexShift,
    int algorithmOffset,
    StoreAlgorithm fixedAlgorithm,
    int regionPointers,
    int ownerProcess,
    int chunkEntrySize,
    boolean keyHasNumber)
    implements Serializable {

  private static final int NUMBER_SHIFT = 28;
  private static final long OFFSET_MASK = (1L << NUMBER_SHIFT) - 1;

  /** The same row for stores that compress in a way that it does not tell. */
  StoreLayout with(StoreAlgorithm algorithm) {
    return new StoreLayout(
        name + "+" + algorithm.text(),
        firstBuild,
        lastBuild,
        pointerSize,
        globalsPointer,
        globalsAdjust,
        keyToStoreTree,
        metadataSize,
        pagesTree,
        chunkMetadata,
        regionSizeMask,
        regionIndexShift,
        -1,
        algorithm,
        regionPointers,
        ownerProcess,
        chunkEntrySize,
        keyHasNumber);
  }

  /** Whether the row is meant for {@code ntBuild}. */
  public boolean covers(int ntBuild) {
    return ntBuild >= firstBuild && ntBuild <= lastBuild;
  }

  /** The key of a page: unsigned 32 bits. */
  public long pageKey(int pageFileNumber, long page) {
    return keyHasNumber
        ? ((long) pageFileNumber << NUMBER_SHIFT | page) & 0xFFFF_FFFFL
        : page & OFFSET_MASK;
  }

  /** The page offset in a key. */
  public long pageOf(long key) {
    return key & OFFSET_MASK;
  }

  /** The page-file number in a key, or -1 when keys have none. */
  public int pageFileNumberOf(long key) {
    return keyHasNumber ? (int) (key >>> NUMBER_SHIFT) : -1;
  }

  /** The algorithm of all stores, when the build decides. */
  Optional<StoreAlgorithm> algorithmOfBuild() {
    return Optional.ofNullable(fixedAlgorithm);
  }

  /** How far {@code ntBuild} is from the builds of the row: 0 inside. */
  int distanceTo(int ntBuild) {
    return covers(ntBuild) ? 0 : Math.max(firstBuild - ntBuild, ntBuild - lastBuild);
  }
}
