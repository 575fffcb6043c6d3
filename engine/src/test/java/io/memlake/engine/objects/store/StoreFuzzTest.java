package io.memlake.engine.objects.store;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.testdata.store.StoreFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Any damage to the structures of a store ends with pages or gaps. The input is a list of changes:
 * which page of the structures, where in it, and eight bytes.
 */
class StoreFuzzTest {
  private static final int CHANGE = 12;
  private static final int MOST_PAGES = 100_000;

  @FuzzTest(maxDuration = "60s")
  void damagedStore(byte[] changes) throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041, 8, 3);
    List<Long> places = new ArrayList<>(machine.truth.nodes());
    places.addAll(machine.truth.stores().values());
    places.add(machine.truth.manager());
    machine.truth.pages().forEach(page -> places.add(page.recordAddress() & -4096));
    Collections.sort(places);
    for (int i = 0; i + CHANGE <= changes.length; i += CHANGE) {
      long page = places.get(LittleEndian.u16(changes, i) % places.size());
      long at = page + LittleEndian.u16(changes, i + 2) % 4089;
      machine.kernel.number(at, 8, LittleEndian.i64(changes, i + 4));
    }
    machine.select();
    Optional<CompressedStore> store = machine.tryOpen();
    if (store.isEmpty()) {
      return;
    }
    byte[] target = new byte[4096];
    int[] pages = new int[1];
    new StoreWalk(store.get())
        .forEach(
            page -> {
              store.get().read(page, target, 0);
              if (++pages[0] > MOST_PAGES) {
                throw new AssertionError("A store of 13 pages showed " + MOST_PAGES);
              }
            });
  }
}
