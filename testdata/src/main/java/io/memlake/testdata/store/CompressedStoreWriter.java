package io.memlake.testdata.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Puts pages into the compressed memory of a machine.
 *
 * <pre>
 * new CompressedStoreWriter(StoreFormat.of(19041, true), kernel::write, memCompression::write)
 *     .owner(eprocess).add(0, 17, page).write(smGlobals, 0xFFFFA000_00000000L, 0x1A0_00000000L);
 * </pre>
 */
public final class CompressedStoreWriter {
  private static final int PAGE_SIZE = 4096;
  private static final int STORES_IN_ARRAY = 32;
  private static final int XPRESS = 3;
  private static final long CHAINED = 0xFFFF_FFFFL;
  private static final long INVALID = 1 << 24;

  /** Bits of an entry's value that are neither index nor mark; readers must not mind them. */
  private static final long OTHER_BITS = 0x5000;

  /** Room for the regions of one store. */
  private static final long STORE_SPACE = 1L << 32;

  private final StoreFormat format;
  private final StoreMemory kernel;
  private final StoreMemory memCompression;
  private final List<Request> requests = new ArrayList<>();
  private int pageFileNumber = 2;
  private int fanOut = 200;
  private int algorithmNumber = XPRESS;
  private long owner;
  private UnaryOperator<byte[]> compressor;

  private static final class Request {
    private final int store;
    private final long page;
    private final byte[] bytes;
    private final StoreListing listing;
    private final int chain;

    Request(int store, long page, byte[] bytes, StoreListing listing, int chain) {
      this.store = store;
      this.page = page;
      this.bytes = bytes;
      this.listing = listing;
      this.chain = chain;
    }
  }

  /** A store without pages. */
  public CompressedStoreWriter(StoreFormat format, StoreMemory kernel, StoreMemory memCompression) {
    this.format = format;
    this.kernel = kernel;
    this.memCompression = memCompression;
    this.compressor = format::compress;
  }

  /** Number of the store's page file; 2 unless said. */
  public CompressedStoreWriter pageFileNumber(int number) {
    pageFileNumber = number;
    return this;
  }

  /** Entries in a node at most, so that few pages make deep trees; 200 unless said. */
  public CompressedStoreWriter fanOut(int entries) {
    fanOut = entries;
    return this;
  }

  /** Address of the {@code EPROCESS} of MemCompression. */
  public CompressedStoreWriter owner(long eprocess) {
    owner = eprocess;
    return this;
  }

  /** Has the stores name another algorithm than the one that pages are compressed with. */
  public CompressedStoreWriter namedAlgorithm(int number) {
    algorithmNumber = number;
    return this;
  }

  /** Compresses pages in another way than the build does. */
  public CompressedStoreWriter compressor(UnaryOperator<byte[]> other) {
    compressor = other;
    return this;
  }

  /** Adds a page of 4096 bytes at an offset of the store's page file. */
  public CompressedStoreWriter add(int store, long page, byte[] bytes) {
    return add(store, page, bytes, StoreListing.LISTED, 0);
  }

  /**
   * Adds a page.
   *
   * @param chain how many records lead to the next before the one that has the place
   */
  public CompressedStoreWriter add(
      int store, long page, byte[] bytes, StoreListing listing, int chain) {
    if (bytes.length != PAGE_SIZE) {
      throw new IllegalArgumentException("A page has 4096 bytes, not " + bytes.length);
    }
    requests.add(new Request(store, page, bytes.clone(), listing, chain));
    return this;
  }

  /**
   * Writes everything.
   *
   * @param smGlobals address of {@code SmGlobals} in the kernel's data
   * @param pool start of free kernel memory
   * @param regions start of free memory of MemCompression, 64 KiB-aligned
   */
  public StoreTruth write(long smGlobals, long pool, long regions) {
    StorePool kernelPool = new StorePool(kernel, format.pointerSize(), pool);
    List<StorePageTruth> pages = new ArrayList<>();
    List<Long> nodes = new ArrayList<>();
    SortedMap<Long, Long> keys = new TreeMap<>();
    Map<Integer, Long> stores = new LinkedHashMap<>();
    Map<Integer, List<Request>> byStore = new TreeMap<>();
    for (Request request : requests) {
      byStore.computeIfAbsent(request.store, store -> new ArrayList<>()).add(request);
    }
    for (Map.Entry<Integer, List<Request>> one : byStore.entrySet()) {
      RegionWriter region = new RegionWriter(memCompression, regions + stores.size() * STORE_SPACE);
      stores.put(one.getKey(), writeStore(kernelPool, one.getValue(), region, nodes, keys, pages));
    }
    long manager = managerAddress(kernelPool, smGlobals);
    PageKeyTreeWriter tree = new PageKeyTreeWriter(kernelPool, isWide(), fanOut, nodes);
    long keyTree = tree.write(keys);
    kernelPool.pointer(manager + format.keyTreeAt(), keyTree);
    writeArrays(kernelPool, manager, stores);
    return new StoreTruth(smGlobals, manager, keyTree, stores, nodes, pages);
  }

  private long writeStore(
      StorePool pool,
      List<Request> requests,
      RegionWriter regions,
      List<Long> nodes,
      SortedMap<Long, Long> keys,
      List<StorePageTruth> pages) {
    ChunkWriter chunks = new ChunkWriter(pool);
    SortedMap<Long, Long> regionKeys = new TreeMap<>();
    for (Request request : requests) {
      long key = format.key(pageFileNumber, request.page);
      regionKeys.put(key, chunks.nextKey());
      for (int i = 0; i < request.chain; i++) {
        long here = chunks.nextKey();
        int next = (int) (here + 1);
        chunks.add(CHAINED, next, true);
      }
      byte[] stored = stored(request.bytes);
      long place = regions.add(stored);
      long record = chunks.add(place, stored.length, false);
      pages.add(
          new StorePageTruth(
              request.store,
              key,
              request.page,
              record,
              regions.address(place),
              stored.length,
              request.listing));
      if (request.listing != StoreListing.UNLISTED) {
        long mark = request.listing == StoreListing.MARKED_INVALID ? INVALID : 0;
        keys.put(key, request.store | OTHER_BITS | mark);
      }
    }
    long address = pool.pages(2);
    long tree = new PageKeyTreeWriter(pool, isWide(), fanOut, nodes).write(regionKeys);
    writeFacts(pool, address, tree, chunks, regions);
    return address;
  }

  private void writeFacts(
      StorePool pool, long address, long tree, ChunkWriter chunks, RegionWriter regions) {
    int pointer = format.pointerSize();
    pool.pointer(address + format.pagesTreeAt(), tree);
    pool.pointer(address + format.backPointerAt(), address);
    List<Long> rows = chunks.writeRows(format.chunkEntrySize());
    for (int row = 0; row < rows.size(); row++) {
      pool.pointer(address + format.chunkMetadataAt() + (long) row * pointer, rows.get(row));
    }
    pool.write(
        address + format.chunkNumbersAt(),
        new Block(20)
            .number(0, 4, ChunkWriter.CHUNK_SHIFT)
            .number(4, 4, ChunkWriter.RECORDS_MASK)
            .number(8, 4, ChunkWriter.RECORD_SIZE)
            .number(16, 4, ChunkWriter.HEADER_SIZE));
    pool.write(
        address + format.regionSizeMaskAt(), new Block(4).number(0, 4, RegionWriter.UNITS_MASK));
    pool.write(
        address + format.regionIndexShiftAt(), new Block(4).number(0, 4, RegionWriter.UNITS_SHIFT));
    if (format.algorithmAt() > 0) {
      pool.write(address + format.algorithmAt(), new Block(2).number(0, 2, algorithmNumber));
    }
    long array = pool.allocate(Math.max(1, regions.regions().size()) * pointer, "smRa");
    for (int i = 0; i < regions.regions().size(); i++) {
      pool.pointer(array + (long) i * pointer, regions.regions().get(i));
    }
    pool.pointer(address + format.regionPointersAt(), array);
    pool.pointer(address + format.ownerAt(), owner);
  }

  /** From 22H2 on the manager is in an allocation that {@code SmGlobals} points into. */
  private long managerAddress(StorePool pool, long smGlobals) {
    if (format.isManagerInGlobals()) {
      kernel.write(smGlobals, new byte[0x400]);
      return smGlobals;
    }
    long manager = pool.pages(2);
    kernel.write(smGlobals, new byte[0x20]);
    pool.pointer(smGlobals + format.globalsPointerAt(), manager + format.globalsDistance());
    return manager;
  }

  private void writeArrays(StorePool pool, long manager, Map<Integer, Long> stores) {
    Map<Integer, Long> arrays = new HashMap<>();
    stores.forEach(
        (index, address) -> {
          int slot = index / STORES_IN_ARRAY;
          long array =
              arrays.computeIfAbsent(
                  slot, s -> pool.allocate(STORES_IN_ARRAY * format.metadataSize(), "smSa"));
          pool.pointer(manager + (long) slot * format.pointerSize(), array);
          long entry = array + (long) (index % STORES_IN_ARRAY) * format.metadataSize();
          pool.pointer(entry, address);
          pool.pointer(entry + format.metadataOwnerAt(), owner);
        });
  }

  private byte[] stored(byte[] page) {
    boolean zero = true;
    for (byte b : page) {
      zero &= b == 0;
    }
    if (zero) {
      return new byte[0];
    }
    byte[] compressed = compressor.apply(page);
    return compressed.length < PAGE_SIZE ? compressed : page;
  }

  private boolean isWide() {
    return format.pointerSize() == 8;
  }
}
