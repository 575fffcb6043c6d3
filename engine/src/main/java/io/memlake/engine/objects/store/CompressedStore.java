package io.memlake.engine.objects.store;

import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.MalformedDataException;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The compressed memory of one machine. Reopening needs no search: a {@link StoreChoice} says all.
 *
 * <p>One instance belongs to one thread.
 */
public final class CompressedStore {
  private static final int PAGE_SIZE = 4096;

  private final StoreManager manager;
  private final StoreLayout layout;
  private final AddressSpace memCompression;
  private final Map<StoreAlgorithm, Decompressor> decompressors =
      new EnumMap<>(StoreAlgorithm.class);
  private final byte[] compressed = new byte[PAGE_SIZE];

  CompressedStore(StoreManager manager, StoreLayout layout, AddressSpace memCompression) {
    this.manager = manager;
    this.layout = layout;
    this.memCompression = memCompression;
  }

  /**
   * Opens the store that was chosen.
   *
   * @param kernel kernel memory, of the System process
   * @param memCompression memory of the process MemCompression, whose pages may in turn be in a
   *     page file, but never in the store
   * @return empty when the manager cannot be read any more where the choice says
   */
  public static Optional<CompressedStore> open(
      AddressSpace kernel, AddressSpace memCompression, StoreChoice choice) throws IOException {
    return open(kernel, memCompression, choice.layout(), choice.manager());
  }

  static Optional<CompressedStore> open(
      AddressSpace kernel, AddressSpace memCompression, StoreLayout layout, long base)
      throws IOException {
    KernelPointers memory = new KernelPointers(kernel, layout.pointerSize());
    return StoreManager.open(memory, layout, base)
        .map(manager -> new CompressedStore(manager, layout, memCompression));
  }

  /** The layout with which the store is read. */
  public StoreLayout layout() {
    return layout;
  }

  /** Finds the page of a key, see {@link StoreLayout#pageKey}. */
  public StoredPage find(long key) throws IOException {
    long value = manager.keys().find(key);
    if (value == PageKeyTree.NOT_FOUND) {
      return StoredPage.lost(-1, key, false, StoredPageStatus.NO_KEY);
    }
    if (value == PageKeyTree.DAMAGED) {
      return findInAnyStore(key);
    }
    return StoreManager.isInvalid(value)
        ? StoredPage.lost(StoreManager.storeIndex(value), key, false, StoredPageStatus.INVALID_KEY)
        : find(key, value);
  }

  /**
   * Finds a page from its entry in the tree of keys. An entry that is not valid now belongs to a
   * page that is on its way in or out, so the page counts as unlisted.
   */
  StoredPage find(long key, long value) throws IOException {
    boolean listed = !StoreManager.isInvalid(value);
    StoredPage page = findInStore(key, StoreManager.storeIndex(value), listed);
    return listed || page.isLocated()
        ? page
        : StoredPage.lost(page.store(), key, false, StoredPageStatus.INVALID_KEY);
  }

  /** Where the tree of keys is lost, the stores' own trees still know their pages. */
  private StoredPage findInAnyStore(long key) throws IOException {
    for (Store store : manager.stores()) {
      long regionKey = store.pages().find(key);
      if (regionKey >= 0) {
        return store.locate(key, regionKey, false);
      }
    }
    return StoredPage.lost(-1, key, false, StoredPageStatus.DAMAGED_TREE);
  }

  private StoredPage findInStore(long key, int index, boolean listed) throws IOException {
    Store store = manager.store(index);
    if (store == null) {
      return StoredPage.lost(index, key, listed, StoredPageStatus.NO_STORE);
    }
    long regionKey = store.pages().find(key);
    if (regionKey < 0) {
      return StoredPage.lost(
          index,
          key,
          listed,
          regionKey == PageKeyTree.DAMAGED
              ? StoredPageStatus.DAMAGED_TREE
              : StoredPageStatus.NOT_IN_STORE);
    }
    return store.locate(key, regionKey, listed);
  }

  /**
   * Reads and decodes a located page.
   *
   * @return {@link StoredPageStatus#OK} when {@code target} has the page; else why not, and {@code
   *     target} is undefined in range
   * @throws IOException when the medium fails
   */
  public StoredPageStatus read(StoredPage page, byte[] target, int offset) throws IOException {
    if (!page.isLocated()) {
      return page.status();
    }
    int size = page.compressedSize();
    if (size == 0) {
      Arrays.fill(target, offset, offset + PAGE_SIZE, (byte) 0);
      return StoredPageStatus.OK;
    }
    if (size == PAGE_SIZE) {
      return memCompression.read(page.address(), target, offset, PAGE_SIZE)
          ? StoredPageStatus.OK
          : StoredPageStatus.ABSENT_REGION;
    }
    Decompressor decompressor = decompressor(page.store());
    if (decompressor == null) {
      return StoredPageStatus.UNKNOWN_ALGORITHM;
    }
    if (!memCompression.read(page.address(), compressed, 0, size)) {
      return StoredPageStatus.ABSENT_REGION;
    }
    try {
      int decoded = decompressor.decompress(compressed, 0, size, target, offset, PAGE_SIZE);
      return decoded == PAGE_SIZE ? StoredPageStatus.OK : StoredPageStatus.BAD_SIZE;
    } catch (MalformedDataException e) {
      return StoredPageStatus.BAD_DATA;
    }
  }

  /** How the store with an index compresses; empty when there is none or it is unknown. */
  public Optional<StoreAlgorithm> algorithm(int storeIndex) throws IOException {
    Store store = storeIndex < 0 ? null : manager.store(storeIndex);
    return store == null ? Optional.empty() : store.algorithm();
  }

  /**
   * Kernel addresses of the {@code EPROCESS} of the stores' owners, one for each store: all are
   * that of MemCompression on a sound system.
   */
  public List<Long> ownerProcesses() throws IOException {
    return manager.stores().stream().map(Store::ownerProcess).toList();
  }

  StoreManager manager() {
    return manager;
  }

  private Decompressor decompressor(int storeIndex) throws IOException {
    Optional<StoreAlgorithm> algorithm = algorithm(storeIndex);
    return algorithm.isEmpty()
        ? null
        : decompressors.computeIfAbsent(algorithm.get(), StoreAlgorithm::newDecompressor);
  }
}
