package io.memlake.jobs.analyze;

import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.jobs.lake.ChunkStore;
import java.io.Serializable;

/**
 * Where findings of pages that left RAM are kept until the host is published. The names tell apart
 * everything that findings depend on, so that a run with other files does not take over theirs.
 *
 * @param base the store of the image's own chunks
 * @param identity stands for the page files and the layout of the store
 * @param chunkPages pages a chunk of a page file
 */
record PagedOutStores(ChunkStore base, String identity, long chunkPages) implements Serializable {

  ChunkStore pageFile(PageFileUse file) {
    return ofNumber(file.number());
  }

  ChunkStore ofNumber(int number) {
    return named("pagefile" + number);
  }

  ChunkStore storeIndex() {
    return named("store-index");
  }

  ChunkStore storeFindings() {
    return named("store");
  }

  private ChunkStore named(String what) {
    return new ChunkStore(base.folder() + "-" + what + "-" + identity);
  }
}
