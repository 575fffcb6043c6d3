package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.paging.pagefile.SlotState;
import io.memlake.testdata.store.StoreFormat;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StorePagesTest {
  private final SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041, 50, 3);
  private final byte[] target = new byte[4096];

  @Test
  void theStoresNumberLeadsIntoTheStoreAndOthersIntoFiles() throws IOException {
    PageSlots files =
        (number, page, bytes, offset) -> {
          Arrays.fill(bytes, offset, offset + 4096, (byte) number);
          return SlotState.PRESENT;
        };
    StorePages pages = new StorePages(machine.open(), 2, files, StorePages.USUAL_CACHE);
    assertThat(pages.read(2, 100, target, 0)).isEqualTo(SlotState.PRESENT);
    assertThat(target).isEqualTo(machine.pages.get(100L));
    assertThat(pages.read(0, 100, target, 0)).isEqualTo(SlotState.PRESENT);
    assertThat(target).containsOnly(0);
    assertThat(pages.read(1, 100, target, 0)).isEqualTo(SlotState.PRESENT);
    assertThat(target).containsOnly(1);
    assertThat(pages.read(2, 101, target, 0)).isEqualTo(SlotState.NOT_IN_STORE);
    assertThat(pages.count(StoredPageStatus.OK)).isEqualTo(1);
    assertThat(pages.count(StoredPageStatus.NO_KEY)).isEqualTo(1);
  }

  @Test
  void anEntryOfATableLeadsIntoTheStore() throws IOException {
    StorePages pages = new StorePages(machine.open(), 2, PageSlots.NONE, 8);
    PagedOutPages pagedOut = pages.pagedOut(PteLayout.x64(1L << 45), PagedOutPages.NONE);
    long entry = 103L << 32 | 2 << 12 | 0x80;
    assertThat(pagedOut.readPage(machine.kernel, 0x7FF0_0000L, entry | 0x10, target, 0)).isTrue();
    assertThat(target).isEqualTo(machine.pages.get(103L));
    assertThat(pagedOut.readPage(machine.kernel, 0x7FF0_0000L, entry ^ 1L << 45, target, 0))
        .isTrue();
    assertThat(target).isEqualTo(machine.pages.get(103L));
  }

  @Test
  void aPageThatIsReadAgainComesFromTheCache() throws IOException {
    StorePages cached = new StorePages(machine.open(), 2, PageSlots.NONE, 8);
    cached.read(2, 100, target, 0);
    long reads = machine.kernel.reads() + machine.memCompression.reads();
    cached.read(2, 100, target, 0);
    assertThat(machine.kernel.reads() + machine.memCompression.reads()).isEqualTo(reads);
    assertThat(target).isEqualTo(machine.pages.get(100L));

    StorePages uncached = new StorePages(machine.open(), 2, PageSlots.NONE, 0);
    uncached.read(2, 100, target, 0);
    reads = machine.memCompression.reads();
    uncached.read(2, 100, target, 0);
    assertThat(machine.memCompression.reads()).isGreaterThan(reads);
  }

  @Test
  void manyPagesInAnyOrderAreRightWithASmallCache() throws IOException {
    StorePages pages = new StorePages(machine.open(), 2, PageSlots.NONE, 3);
    for (int round = 0; round < 200; round++) {
      long page = 100 + (round * 7 % 50) * 3L;
      assertThat(pages.read(2, page, target, 0)).isEqualTo(SlotState.PRESENT);
      assertThat(target).isEqualTo(machine.pages.get(page));
    }
  }
}
