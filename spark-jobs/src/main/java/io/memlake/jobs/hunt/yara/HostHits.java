package io.memlake.jobs.hunt.yara;

import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.engine.objects.pagedout.PageSource;
import io.memlake.engine.objects.store.CompressedStore;
import io.memlake.engine.objects.store.StoreWalk;
import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.objects.store.StoredPageMemory;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.hunt.yara.rules.RuleGate;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which literals stand in which pages of a host: in RAM, in its page files, in its compressed
 * store. Remembers which of these pages a process was seen to have.
 */
public final class HostHits implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int STORE_BATCH = 4096;

  private final Layer ram = new Layer();
  private final ArrayList<Layer> files = new ArrayList<>();
  private final int[] fileNumbers;
  private final Layer store = new Layer();
  private final ArrayList<String> problems = new ArrayList<>();
  private transient CompressedStore compressed;

  /** The pages of one place. */
  static final class Layer implements Serializable {
    private static final long serialVersionUID = 1L;
    final PageHits hits = new PageHits();
    final BitSet owned = new BitSet();

    private void addTo(long page, BitSet found) {
      int at = hits.find(page);
      if (at >= 0) {
        hits.strings(at, found);
        owned.set(at);
      }
    }
  }

  HostHits(List<PageFileUse> pageFiles) {
    fileNumbers = pageFiles.stream().mapToInt(PageFileUse::number).toArray();
    pageFiles.forEach(file -> files.add(new Layer()));
  }

  /** Adds what a chunk gave; chunks of one layer come in their order. */
  void add(LiteralChunk chunk, PageHits hits) {
    (chunk.file() < 0 ? ram : files.get(chunk.file())).hits.addAll(hits);
  }

  /** Notes a chunk that could not be searched. */
  void addProblem(String problem) {
    problems.add(problem);
  }

  /** Chunks that could not be searched. */
  List<String> problems() {
    return problems;
  }

  /** Decompresses every page of the store and searches it. */
  void searchStore(CompressedStore whole, RuleGate gate) throws IOException {
    compressed = whole;
    List<StoredPage> all = new ArrayList<>();
    new StoreWalk(whole).forEach(all::add);
    // Pages come by store and tree; hits are kept by rising key.
    all.sort((left, right) -> Long.compare(left.key(), right.key()));
    for (int from = 0; from < all.size(); from += STORE_BATCH) {
      List<StoredPage> batch = all.subList(from, Math.min(all.size(), from + STORE_BATCH));
      PageHits places = new PageHits();
      LiteralChunk.search(new StoredPageMemory(whole, 0, batch), 0, batch.size(), gate, places);
      BitSet found = new BitSet();
      for (int i = 0; i < places.size(); i++) {
        found.clear();
        places.strings(i, found);
        store.hits.add(batch.get((int) places.page(i)).key(), found);
      }
    }
  }

  /** Adds the strings in a page, and notes that a process has it. */
  void addTo(PageSource source, int number, long place, BitSet found) {
    long page = place >>> PhysicalMemory.PAGE_SHIFT;
    switch (source) {
      case FRAME, TRANSITION -> ram.addTo(page, found);
      case STORE -> {
        if (compressed != null) {
          store.addTo(compressed.layout().pageKey(number, page), found);
        }
      }
      case PAGE_FILE -> {
        for (int i = 0; i < fileNumbers.length; i++) {
          if (fileNumbers[i] == number) {
            files.get(i).addTo(page, found);
          }
        }
      }
      case ZERO, FILE, NONE -> {
        // Nothing that could be read.
      }
    }
  }

  /** Whether some layer has more than is kept, so that nothing can be left out. */
  boolean isCut() {
    return ram.hits.isCut()
        || store.hits.isCut()
        || files.stream().anyMatch(layer -> layer.hits.isCut());
  }

  /** The frames with hits. */
  Layer ram() {
    return ram;
  }

  /** The slots with hits of the page file at an index. */
  Layer file(int index) {
    return files.get(index);
  }

  /** The keys of the store with hits. */
  Layer store() {
    return store;
  }
}
