package io.memlake.engine.objects.store;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.pagefile.PageFileNumbers;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Picks the row of the table that reads this machine's store. A wrong row decodes next to nothing,
 * so the share of sampled records that give exactly 4096 bytes decides, whatever the build is.
 *
 * @param choice empty when no row reads anything
 * @param trials every row that found a store manager, in the order in which they were tried
 */
public record StoreSelection(Optional<StoreChoice> choice, List<StoreTrial> trials) {
  /** Keys that are looked up for each row. */
  private static final int SAMPLES = 256;

  /** Keys among which the samples are spread. */
  private static final int SPREAD = 8192;

  /** A row of the right build that reads this share needs no competitor. */
  private static final double CONVINCING = 0.9;

  private static final int CONVINCING_PAGES = 8;

  /** A row that reads less than this share is not the row. */
  private static final double LEAST_RATE = 0.1;

  /** Copies the trials. */
  public StoreSelection {
    trials = List.copyOf(trials);
  }

  /**
   * Tries the rows.
   *
   * @param kernel kernel memory, of the System process
   * @param memCompression memory of the process MemCompression
   * @param ntBuild build of the kernel, for the order of the rows
   * @param globals possible addresses of {@code SmGlobals}, the likeliest first
   * @param pageFileNumber number of the store's page file, when the image tells it ({@link
   *     PagingFileTable})
   */
  public static StoreSelection choose(
      AddressSpace kernel,
      AddressSpace memCompression,
      int ntBuild,
      List<SmGlobals> globals,
      OptionalInt pageFileNumber)
      throws IOException {
    List<StoreTrial> trials = new ArrayList<>();
    StoreChoice best = null;
    for (SmGlobals candidate : globals) {
      for (StoreLayout layout : StoreLayouts.candidates(ntBuild, kernel.pointerSize())) {
        for (long manager : managers(kernel, layout, candidate.address())) {
          Optional<Sample> tried = sample(kernel, memCompression, layout, manager, trials);
          if (tried.isEmpty()) {
            continue;
          }
          Sample sample = tried.get();
          StoreTrial trial = sample.trial;
          boolean expected = layout.covers(ntBuild);
          if (!isUsable(trial, expected) || (best != null && !isBetter(trial, best.trial()))) {
            continue;
          }
          int number = pageFileNumber.orElseGet(() -> sample.usualNumber());
          String numberSource =
              pageFileNumber.isPresent() ? "image" : layout.keyHasNumber() ? "keys" : "default";
          best =
              new StoreChoice(
                  sample.store.layout(),
                  manager,
                  candidate.source(),
                  expected,
                  number,
                  numberSource,
                  trial);
          if (expected
              && trial.keyTree()
              && trial.decoded() >= CONVINCING_PAGES
              && trial.rate() >= CONVINCING) {
            return new StoreSelection(Optional.of(best), trials);
          }
        }
      }
    }
    return new StoreSelection(Optional.ofNullable(best), trials);
  }

  /**
   * Tries a row. Where its trees lead to records and none of them decodes, the store may compress
   * in another way than the row says: then the algorithm that reads most is taken.
   */
  private static Optional<Sample> sample(
      AddressSpace kernel,
      AddressSpace memCompression,
      StoreLayout layout,
      long manager,
      List<StoreTrial> trials)
      throws IOException {
    Optional<CompressedStore> store = CompressedStore.open(kernel, memCompression, layout, manager);
    if (store.isEmpty()) {
      return Optional.empty();
    }
    Sample best = new Sample(store.get());
    trials.add(best.trial);
    if (best.keyTree && best.trial.decoded() == 0 && best.trial.failed() >= CONVINCING_PAGES) {
      for (StoreAlgorithm algorithm : StoreAlgorithm.values()) {
        Optional<CompressedStore> other =
            CompressedStore.open(kernel, memCompression, layout.with(algorithm), manager);
        Sample sample = other.isPresent() ? new Sample(other.get()) : best;
        if (sample.trial.decoded() > best.trial.decoded()) {
          best = sample;
          trials.add(best.trial);
        }
      }
    }
    return Optional.of(best);
  }

  /**
   * Finds {@code SmGlobals} and the store's page-file number and tries the rows: with the symbol
   * first, then with what code and data of the kernel look like.
   *
   * @param kernelBase where the kernel is loaded
   * @param symbols symbols of that kernel, if there are any
   */
  public static StoreSelection discover(
      AddressSpace kernel,
      long kernelBase,
      AddressSpace memCompression,
      int ntBuild,
      Optional<SymbolTable> symbols)
      throws IOException {
    OptionalInt number = OptionalInt.empty();
    StoreSelection selection = new StoreSelection(Optional.empty(), List.of());
    if (symbols.isPresent()) {
      number = PagingFileTable.read(kernel, kernelBase, symbols.get()).storeNumber();
      selection =
          choose(
              kernel,
              memCompression,
              ntBuild,
              SmGlobalsSearch.bySymbol(kernelBase, symbols.get()),
              number);
    }
    return selection.choice().isPresent()
        ? selection
        : choose(
            kernel, memCompression, ntBuild, SmGlobalsSearch.byPattern(kernel, kernelBase), number);
  }

  /** Where the manager can be: where the row says, and in {@code SmGlobals} itself. */
  private static List<Long> managers(AddressSpace kernel, StoreLayout layout, long globals)
      throws IOException {
    if (layout.globalsPointer() < 0) {
      return List.of(globals);
    }
    KernelPointers memory = new KernelPointers(kernel, layout.pointerSize());
    long pointer = memory.pointer(globals + layout.globalsPointer());
    return memory.isKernel(pointer)
        ? List.of(pointer - layout.globalsAdjust(), globals)
        : List.of(globals);
  }

  /** Pages that need no decoding speak only for the row of the build itself. */
  private static boolean isUsable(StoreTrial trial, boolean expected) {
    return trial.decoded() > 0
        ? trial.rate() >= LEAST_RATE
        : expected && trial.trivial() > 0 && trial.failed() == 0;
  }

  private static boolean isBetter(StoreTrial trial, StoreTrial than) {
    if (trial.keyTree() != than.keyTree()) {
      return trial.keyTree();
    }
    return trial.decoded() != than.decoded()
        ? trial.decoded() > than.decoded()
        : trial.rate() > than.rate();
  }

  /** Keys out of the first leaves of the tree, or of the stores' trees, spread evenly. */
  private static final class Sample {
    private final CompressedStore store;
    private final long[] keys = new long[SPREAD];
    private final long[] values = new long[SPREAD];
    private final boolean keyTree;
    private final StoreTrial trial;
    private int count;

    Sample(CompressedStore store) throws IOException {
      this.store = store;
      store.manager().keys().walk((key, value) -> StoreManager.isInvalid(value) || add(key, value));
      keyTree = count > 0;
      if (!keyTree) {
        for (Store one : store.manager().stores()) {
          one.pages().walk((key, regionKey) -> add(key, one.index()));
        }
      }
      trial = read();
    }

    private boolean add(long key, long value) {
      if (count < SPREAD) {
        keys[count] = key;
        values[count++] = value;
      }
      return count < SPREAD;
    }

    private StoreTrial read() throws IOException {
      byte[] target = new byte[4096];
      int sampled = 0;
      int decoded = 0;
      int trivial = 0;
      int absent = 0;
      int failed = 0;
      int step = Math.max(1, count / SAMPLES);
      for (int i = 0; i < count && sampled < SAMPLES; i += step) {
        sampled++;
        StoredPage page = store.find(keys[i], values[i]);
        StoredPageStatus status = store.read(page, target, 0);
        boolean needsDecoding = page.compressedSize() > 0 && page.compressedSize() < target.length;
        if (status == StoredPageStatus.OK && needsDecoding) {
          decoded++;
        } else if (status == StoredPageStatus.OK) {
          trivial++;
        } else if (status == StoredPageStatus.ABSENT_REGION) {
          absent++;
        } else {
          failed++;
        }
      }
      return new StoreTrial(
          store.layout().name(), keyTree, sampled, decoded, trivial, absent, failed);
    }

    /** The number that most keys hold; the usual one when keys hold none. */
    int usualNumber() {
      if (!store.layout().keyHasNumber() || count == 0) {
        return PageFileNumbers.USUAL_STORE;
      }
      int[] counts = new int[PageSlots.MAX_NUMBERS];
      int most = 0;
      for (int i = 0; i < count; i++) {
        int number = store.layout().pageFileNumberOf(keys[i]);
        if (++counts[number] > counts[most]) {
          most = number;
        }
      }
      return most;
    }
  }
}
