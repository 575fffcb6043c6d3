package io.memlake.engine.objects.store;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.util.Optional;

/** One store ({@code SMKM_STORE}): the way from its region keys to bytes. */
final class Store {
  private static final int CHUNK_ARRAYS = 32;

  /** Records are a few numbers; larger ones are another build's layout. */
  private static final int MAX_RECORD_SIZE = 256;

  /** A chunk's header is shorter than its first page. */
  private static final int MAX_HEADER_SIZE = 4096;

  /** Chunks a row of arrays can have: 2^20 chunks of a page of records are terabytes. */
  private static final long MAX_COLUMN = 1 << 20;

  /** Regions of 128 KiB: 8 TiB of compressed memory. */
  private static final long MAX_REGIONS = 1 << 26;

  /** Records that only lead to the next one, before the chain counts as endless. */
  private static final int MAX_CHAIN = 16;

  private static final long CHAINED = 0xFFFF_FFFFL;
  private static final int RECORD_READ = 8;
  private static final int PAGE_SIZE = 4096;
  private static final int SIZE_MASK = 0xFFF;
  private static final int UNIT_SHIFT = 4;

  private final KernelPointers memory;
  private final StoreLayout layout;
  private final int index;
  private final long address;
  private final PageKeyTree pages;
  private final long[] chunkArrays = new long[CHUNK_ARRAYS];
  private final byte[] record = new byte[RECORD_READ];
  private int chunkShift;
  private long recordMask;
  private int recordSize;
  private int headerSize;
  private long regionMask;
  private int regionShift;
  private long regionPointers;
  private long ownerProcess;
  private StoreAlgorithm algorithm;

  private Store(
      KernelPointers memory,
      StoreLayout layout,
      TreeNodes nodes,
      int index,
      long address,
      long root) {
    this.memory = memory;
    this.layout = layout;
    this.index = index;
    this.address = address;
    this.pages = new PageKeyTree(nodes, root);
  }

  /** Reads the facts of a store; empty when they are not in the evidence or cannot be right. */
  static Optional<Store> read(
      KernelPointers memory, StoreLayout layout, TreeNodes nodes, int index, long address)
      throws IOException {
    if (!memory.isKernelPage(address)) {
      return Optional.empty();
    }
    long root = memory.pointer(address + layout.pagesTree());
    Store store = new Store(memory, layout, nodes, index, address, root);
    return memory.isKernelPage(root) && store.readFacts() ? Optional.of(store) : Optional.empty();
  }

  int index() {
    return index;
  }

  long address() {
    return address;
  }

  /** Tree from page keys to region keys. */
  PageKeyTree pages() {
    return pages;
  }

  /** {@code EPROCESS} in whose space the regions are. */
  long ownerProcess() {
    return ownerProcess;
  }

  /** How it compresses; empty when it names an unknown algorithm. */
  Optional<StoreAlgorithm> algorithm() {
    return Optional.ofNullable(algorithm);
  }

  private boolean readFacts() throws IOException {
    int pointer = memory.pointerSize();
    long chunks = address + layout.chunkMetadata();
    byte[] head = new byte[CHUNK_ARRAYS * pointer + 32];
    if (!memory.space().read(chunks, head, 0, head.length)) {
      return false;
    }
    for (int i = 0; i < CHUNK_ARRAYS; i++) {
      chunkArrays[i] =
          pointer == Long.BYTES
              ? LittleEndian.i64(head, i * pointer)
              : LittleEndian.u32(head, i * pointer);
    }
    // An unused number of 8 bytes is between the arrays and the numbers.
    int numbers = CHUNK_ARRAYS * pointer + Long.BYTES;
    chunkShift = LittleEndian.u8(head, numbers);
    recordMask = LittleEndian.u32(head, numbers + 4);
    long size = LittleEndian.u32(head, numbers + 8);
    long header = LittleEndian.u32(head, numbers + 16);
    regionMask = memory.number(address + layout.regionSizeMask());
    long shift = memory.number(address + layout.regionIndexShift());
    regionPointers = memory.pointer(address + layout.regionPointers());
    ownerProcess = memory.pointer(address + layout.ownerProcess());
    if (chunkShift >= Integer.SIZE
        || size < RECORD_READ
        || size > MAX_RECORD_SIZE
        || header > MAX_HEADER_SIZE
        || regionMask == KernelPointers.ABSENT
        || shift == KernelPointers.ABSENT
        || (shift & 0xFF) >= Integer.SIZE
        || !memory.isKernel(regionPointers)) {
      return false;
    }
    recordSize = (int) size;
    headerSize = (int) header;
    regionShift = (int) shift & 0xFF;
    algorithm = readAlgorithm();
    return true;
  }

  private StoreAlgorithm readAlgorithm() throws IOException {
    if (layout.fixedAlgorithm() != null) {
      return layout.fixedAlgorithm();
    }
    long number = memory.number(address + layout.algorithmOffset());
    return StoreAlgorithm.ofNumber((int) number & 0xFFFF).orElse(null);
  }

  /** Follows a region key to the place of the page's bytes. */
  StoredPage locate(long key, long regionKey, boolean listed) throws IOException {
    long at = regionKey;
    for (int i = 0; i < MAX_CHAIN; i++) {
      if (!readRecord(at)) {
        return lost(key, listed, regionKey, StoredPageStatus.NO_RECORD);
      }
      long recordKey = LittleEndian.u32(record, 0);
      if (recordKey != CHAINED) {
        int stored = LittleEndian.u16(record, 4);
        int size = stored == PAGE_SIZE ? PAGE_SIZE : stored & SIZE_MASK;
        return locateInRegion(key, at, listed, recordKey, size);
      }
      at = LittleEndian.u32(record, 4);
    }
    return lost(key, listed, regionKey, StoredPageStatus.ENDLESS_CHAIN);
  }

  private boolean readRecord(long regionKey) throws IOException {
    long chunk = regionKey >>> chunkShift;
    // Row i holds 2^i chunks. Chunk 0 shares row 0 with chunk 1, as Windows computes it.
    int row = chunk == 0 ? 0 : Long.SIZE - 1 - Long.numberOfLeadingZeros(chunk);
    long column = chunk ^ 1L << row;
    long array = chunkArrays[row];
    if (!memory.isKernel(array) || column > MAX_COLUMN) {
      return false;
    }
    long records = memory.pointer(array + column * layout.chunkEntrySize());
    return memory.isKernelPage(records)
        && memory
            .space()
            .read(
                records + headerSize + (regionKey & recordMask) * recordSize,
                record,
                0,
                RECORD_READ);
  }

  private StoredPage locateInRegion(
      long key, long regionKey, boolean listed, long recordKey, int size) throws IOException {
    long region = recordKey >>> regionShift;
    long offset = (recordKey & regionMask) << UNIT_SHIFT;
    long regionSize = (regionMask + 1) << UNIT_SHIFT;
    if (region >= MAX_REGIONS || offset + size > regionSize) {
      return lost(key, listed, regionKey, StoredPageStatus.BAD_REGION);
    }
    // Regions are 64 KiB-aligned; what the low bits of the pointer say is not part of the address.
    long start = memory.pointer(regionPointers + region * memory.pointerSize()) & ~0xFFFFL;
    if (!memory.isUser(start)) {
      return lost(key, listed, regionKey, StoredPageStatus.BAD_REGION);
    }
    return new StoredPage(
        index, key, listed, regionKey, (int) region, start + offset, size, StoredPageStatus.OK);
  }

  private StoredPage lost(long key, boolean listed, long regionKey, StoredPageStatus status) {
    return new StoredPage(index, key, listed, regionKey, -1, 0, 0, status);
  }
}
