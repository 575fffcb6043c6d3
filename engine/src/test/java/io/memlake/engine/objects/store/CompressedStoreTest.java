package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.store.StoreListing;
import io.memlake.testdata.store.StorePageTruth;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompressedStoreTest {
  private final byte[] target = new byte[4096];

  @ParameterizedTest
  @EnumSource(StoreFormat.class)
  void everyPageOfEveryBuildReadsBackEqual(StoreFormat format) throws IOException {
    SyntheticStore machine = SyntheticStore.of(format);
    StoreChoice choice = machine.select().choice().orElseThrow();
    CompressedStore store =
        CompressedStore.open(machine.kernel, machine.memCompression, choice).orElseThrow();
    int read = 0;
    for (StorePageTruth truth : machine.truth.pages()) {
      StoredPage page = store.find(machine.key(truth.page()));
      if (truth.listing() == StoreListing.LISTED) {
        assertThat(page.status()).isEqualTo(StoredPageStatus.OK);
        assertThat(page.store()).isEqualTo(truth.store());
        assertThat(page.compressedSize()).isEqualTo(truth.size());
        assertThat(page.address()).isEqualTo(truth.address());
        assertThat(store.read(page, target, 0)).isEqualTo(StoredPageStatus.OK);
        assertThat(target).isEqualTo(machine.pages.get(truth.page()));
        read++;
      }
    }
    assertThat(read).isEqualTo(243);
    assertThat(choice.layout().covers(format.ntBuild())).isTrue();
    assertThat(store.algorithm(0))
        .contains(format.isLz4() ? StoreAlgorithm.LZ4 : StoreAlgorithm.XPRESS);
    assertThat(store.ownerProcesses()).isNotEmpty();
  }

  @Test
  void pagesThatAreNotListedAreSaidToBeSo() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041);
    CompressedStore store = machine.open();
    assertThat(statusOf(store, machine, 4)).isEqualTo(StoredPageStatus.NO_KEY);
    assertThat(statusOf(store, machine, SyntheticStore.UNLISTED_PAGE))
        .isEqualTo(StoredPageStatus.NO_KEY);
    assertThat(statusOf(store, machine, SyntheticStore.INVALID_PAGE))
        .isEqualTo(StoredPageStatus.INVALID_KEY);
    assertThat(store.ownerProcesses()).containsExactly(SyntheticStore.OWNER, SyntheticStore.OWNER);
  }

  @Test
  void aTreeOfOneEntryIsSearched() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_22000, 0, 3);
    CompressedStore store = machine.open();
    for (Map.Entry<Long, byte[]> page : machine.pages.entrySet()) {
      if (page.getKey() <= SyntheticStore.CHAINED_PAGE) {
        StoredPage found = store.find(machine.key(page.getKey()));
        assertThat(store.read(found, target, 0)).isEqualTo(StoredPageStatus.OK);
        assertThat(target).isEqualTo(page.getValue());
      }
    }
  }

  @Test
  void everyBrokenStepHasItsOwnStatus() throws IOException {
    StoreFormat format = StoreFormat.BUILD_18362;
    long page = 100 + 3; // of store 0

    SyntheticStore machine = SyntheticStore.of(format);
    machine.memCompression.remove(machine.truthOf(page).address());
    assertThat(readStatus(machine, page)).isEqualTo(StoredPageStatus.ABSENT_REGION);

    machine = SyntheticStore.of(format);
    machine.kernel.remove(machine.truthOf(page).recordAddress());
    assertThat(readStatus(machine, page)).isEqualTo(StoredPageStatus.NO_RECORD);

    machine = SyntheticStore.of(format);
    machine.kernel.number(machine.truthOf(page).recordAddress(), 4, 0xFFFF_FFFEL);
    assertThat(readStatus(machine, page)).isEqualTo(StoredPageStatus.BAD_REGION);

    machine = SyntheticStore.of(format);
    machine.kernel.number(machine.truthOf(page).recordAddress(), 4, 0x1FFF);
    assertThat(readStatus(machine, page)).isEqualTo(StoredPageStatus.BAD_REGION);

    machine = SyntheticStore.of(format);
    machine.kernel.number(machine.truthOf(page).recordAddress(), 4, 0xFFFF_FFFFL);
    machine.kernel.number(
        machine.truthOf(page).recordAddress() + 4,
        4,
        machine.open().find(machine.key(page)).regionKey());
    // The record now leads to itself.
    assertThat(readStatus(machine, page))
        .isIn(StoredPageStatus.ENDLESS_CHAIN, StoredPageStatus.NO_RECORD);

    machine = SyntheticStore.of(format);
    machine.kernel.remove(machine.truth.stores().get(0));
    assertThat(readStatus(machine, page)).isEqualTo(StoredPageStatus.NO_STORE);

    machine = SyntheticStore.of(format);
    for (long node : machine.truth.nodes()) {
      if (node != machine.truth.keyTree()) {
        machine.kernel.remove(node);
      }
    }
    assertThat(readStatus(machine, page)).isEqualTo(StoredPageStatus.DAMAGED_TREE);

    machine = SyntheticStore.of(format);
    machine.memCompression.write(machine.truthOf(page).address(), new byte[] {-1, -1, -1, -1, -1});
    assertThat(readStatus(machine, page)).isEqualTo(StoredPageStatus.BAD_DATA);

    machine = SyntheticStore.of(format);
    machine.kernel.number(machine.truthOf(page).recordAddress() + 4, 2, 16);
    assertThat(readStatus(machine, page))
        .isIn(StoredPageStatus.BAD_SIZE, StoredPageStatus.BAD_DATA);

    assertThat(readStatus(SyntheticStore.of(format, 20, 7), page))
        .isEqualTo(StoredPageStatus.UNKNOWN_ALGORITHM);
    assertThat(readStatus(SyntheticStore.of(format, 20, 4), page))
        .isEqualTo(StoredPageStatus.BAD_DATA);
  }

  /** Regions have 128 KiB here: 0x2000 units of 16 bytes. */
  @ParameterizedTest
  @CsvSource({
    // A region far behind the last one.
    "0xFFFFC000, 100, BAD_REGION",
    // The last unit of the first region has no room for more than 16 bytes.
    "0x00001FFF, 100, BAD_REGION",
    // Records that lead to records of chunks which the store does not have.
    "0xFFFFFFFF, 0x00800000, NO_RECORD",
    "0xFFFFFFFF, 0xFFFFFFF0, NO_RECORD"
  })
  void recordsOutOfRangeAreSaidAndNotRead(String place, String size, StoredPageStatus status)
      throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041, 20, 3);
    long record = machine.truthOf(103).recordAddress();
    machine.kernel.number(record, 4, Long.decode(place));
    machine.kernel.number(record + 4, 4, Long.decode(size));

    assertThat(readStatus(machine, 103)).isEqualTo(status);
    assertThat(readStatus(machine, 106)).isEqualTo(StoredPageStatus.OK);
  }

  private StoredPageStatus readStatus(SyntheticStore machine, long page) throws IOException {
    CompressedStore store = machine.open();
    return store.read(store.find(machine.key(page)), target, 0);
  }

  private static StoredPageStatus statusOf(CompressedStore store, SyntheticStore machine, long page)
      throws IOException {
    return store.find(machine.key(page)).status();
  }
}
