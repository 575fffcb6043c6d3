package io.memlake.engine.objects.store;

import io.memlake.engine.compression.Samples;
import io.memlake.testdata.compression.Lz4BlockWriter;
import io.memlake.testdata.compression.XpressWriter;
import io.memlake.testdata.store.CompressedStoreWriter;
import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.store.StoreListing;
import io.memlake.testdata.store.StorePageTruth;
import io.memlake.testdata.store.StoreTruth;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/** A machine's compressed memory in two address spaces, and what was put into it. */
final class SyntheticStore {
  static final long OWNER = 0xFFFF_C00F_1234_5080L;
  static final long EMPTY_PAGE = 5;
  static final long RANDOM_PAGE = 6;
  static final long CHAINED_PAGE = 7;
  static final long INVALID_PAGE = 8;
  static final long UNLISTED_PAGE = 9;

  /** Index of the second store: its entry is in the second array. */
  static final int SECOND_STORE = 37;

  final StoreFormat format;
  final SparseMemory kernel;
  final SparseMemory memCompression;
  final StoreTruth truth;

  /** Bytes of every page by its offset in the page file. */
  final Map<Long, byte[]> pages = new TreeMap<>();

  private SyntheticStore(
      StoreFormat format,
      CompressedStoreWriter writer,
      SparseMemory kernel,
      SparseMemory memCompression,
      Map<Long, byte[]> pages) {
    this.format = format;
    this.kernel = kernel;
    this.memCompression = memCompression;
    this.pages.putAll(pages);
    boolean wide = format.pointerSize() == 8;
    this.truth =
        writer.write(
            wide ? 0xFFFF_F800_4000_1000L : 0x8100_1000L,
            wide ? 0xFFFF_A000_0000_0000L : 0x9000_0000L,
            wide ? 0x1A0_0000_0000L : 0x1000_0000L);
  }

  /** Some 240 pages in two stores, in trees of three levels, with every kind of record. */
  static SyntheticStore of(StoreFormat format) {
    return of(format, 240, 3);
  }

  /** Some 240 pages, compressed by LZ4 or XPRESS whatever the build does. */
  static SyntheticStore compressedBy(StoreFormat format, boolean lz4) {
    return of(format, 240, 3, lz4);
  }

  static SyntheticStore of(StoreFormat format, int count, int algorithm) {
    return of(format, count, algorithm, format.isLz4());
  }

  private static SyntheticStore of(StoreFormat format, int count, int algorithm, boolean lz4) {
    SparseMemory kernel = new SparseMemory(format.pointerSize());
    SparseMemory memCompression = new SparseMemory(format.pointerSize());
    // 32-bit programs have no room for the regions of a second store behind the first 4 GiB.
    int second = format.pointerSize() == 8 ? SECOND_STORE : 0;
    CompressedStoreWriter writer =
        new CompressedStoreWriter(format, kernel::write, memCompression::write)
            .fanOut(12)
            .owner(format.pointerSize() == 8 ? OWNER : 0x8512_3450L)
            .namedAlgorithm(algorithm)
            .compressor(lz4 ? Lz4BlockWriter::compress : XpressWriter::compress);
    Map<Long, byte[]> pages = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      long page = 100 + i * 3L;
      pages.put(page, Samples.page(i));
      writer.add(i % 3 == 0 ? second : 0, page, pages.get(page));
    }
    byte[] noise = new byte[4096];
    new Random(1).nextBytes(noise);
    pages.put(EMPTY_PAGE, new byte[4096]);
    pages.put(RANDOM_PAGE, noise);
    pages.put(CHAINED_PAGE, Samples.page(1001));
    pages.put(INVALID_PAGE, Samples.page(1002));
    pages.put(UNLISTED_PAGE, Samples.page(1003));
    writer.add(0, EMPTY_PAGE, pages.get(EMPTY_PAGE));
    writer.add(0, RANDOM_PAGE, pages.get(RANDOM_PAGE));
    writer.add(0, CHAINED_PAGE, pages.get(CHAINED_PAGE), StoreListing.LISTED, 3);
    writer.add(0, INVALID_PAGE, pages.get(INVALID_PAGE), StoreListing.MARKED_INVALID, 0);
    writer.add(second, UNLISTED_PAGE, pages.get(UNLISTED_PAGE), StoreListing.UNLISTED, 0);
    return new SyntheticStore(format, writer, kernel, memCompression, pages);
  }

  long key(long page) {
    return format.key(2, page);
  }

  StorePageTruth truthOf(long page) {
    return truth.pages().stream().filter(one -> one.page() == page).findFirst().orElseThrow();
  }

  StoreSelection select() throws IOException {
    return StoreSelection.choose(
        kernel,
        memCompression,
        format.ntBuild(),
        List.of(new SmGlobals(truth.smGlobals(), "symbol")),
        OptionalInt.empty());
  }

  /** Opens with the layout of the build, without a trial. */
  CompressedStore open() throws IOException {
    return tryOpen().orElseThrow();
  }

  /** Like {@link #open}; empty when damage leaves nothing of the manager. */
  Optional<CompressedStore> tryOpen() throws IOException {
    StoreLayout layout = StoreLayouts.candidates(format.ntBuild(), format.pointerSize()).get(0);
    return CompressedStore.open(kernel, memCompression, layout, truth.manager());
  }
}
