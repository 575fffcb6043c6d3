package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.store.StoreListing;
import io.memlake.testdata.store.StorePageTruth;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreWalkTest {

  @ParameterizedTest
  @EnumSource(
      value = StoreFormat.class,
      names = {"BUILD_14393", "BUILD_22621", "BUILD_26100", "BUILD_19041_X86"})
  void everyPageIsShownOnceWithItsPlace(StoreFormat format) throws IOException {
    SyntheticStore machine = SyntheticStore.of(format);
    CompressedStore store = machine.open();
    List<StoredPage> shown = new ArrayList<>();
    StoreWalk.Result result = new StoreWalk(store).forEach(shown::add);

    assertThat(result.hasGaps()).isFalse();
    assertThat(shown).hasSize(machine.truth.pages().size());
    Map<Long, StoredPage> byKey = new HashMap<>();
    shown.forEach(page -> byKey.put(page.key(), page));
    byte[] target = new byte[4096];
    for (StorePageTruth truth : machine.truth.pages()) {
      StoredPage page = byKey.get(truth.key());
      assertThat(page.store()).isEqualTo(truth.store());
      assertThat(page.address()).isEqualTo(truth.address());
      assertThat(page.listed()).isEqualTo(truth.listing() == StoreListing.LISTED);
      assertThat(store.read(page, target, 0)).isEqualTo(StoredPageStatus.OK);
      assertThat(target).isEqualTo(machine.pages.get(truth.page()));
    }
  }

  @Test
  void keysRiseInTheFirstPass() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041);
    List<StoredPage> shown = new ArrayList<>();
    new StoreWalk(machine.open()).forEach(shown::add);
    assertThat(shown.stream().filter(StoredPage::listed).map(StoredPage::key).toList()).isSorted();
    assertThat(shown.get(shown.size() - 1).listed()).isFalse();
  }

  @Test
  void aNodeThatLeadsBackIsReadOnce() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041);
    // The second child of the root of the tree of keys becomes the root itself.
    machine.kernel.number(machine.truth.keyTree() + 16 + 8, 8, machine.truth.keyTree());
    StoreWalk.Result result = walkInTime(machine);
    assertThat(result.keys().repeated()).isEqualTo(1);
    assertThat(result.hasGaps()).isTrue();
  }

  @Test
  void pagesThatTheTreeOfKeysLostAreFoundInTheirStore() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041);
    machine.kernel.remove(machine.truth.nodes().get(machine.truth.nodes().size() - 8));
    List<StoredPage> shown = new ArrayList<>();
    StoreWalk.Result result = new StoreWalk(machine.open()).forEach(shown::add);
    assertThat(result.keys().lost()).isEqualTo(1);
    assertThat(shown).hasSize(machine.truth.pages().size());
    assertThat(shown).allMatch(StoredPage::isLocated);
    assertThat(shown.stream().filter(page -> !page.listed()).count()).isGreaterThan(2);
  }

  @Test
  void aStoreThatIsNotThereLeavesItsKeysAsGaps() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041);
    machine.kernel.remove(machine.truth.stores().get(SyntheticStore.SECOND_STORE));
    List<StoredPage> shown = new ArrayList<>();
    new StoreWalk(machine.open()).forEach(shown::add);
    assertThat(shown.stream().filter(p -> p.status() == StoredPageStatus.NO_STORE).count())
        .isEqualTo(80);
    assertThat(shown.stream().filter(StoredPage::isLocated).count()).isEqualTo(164);
  }

  @Test
  void aLostTreeOfKeysLeavesWhatTheStoresKnow() throws IOException {
    SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_17763);
    machine.kernel.remove(machine.truth.keyTree());
    StoreChoice choice = machine.select().choice().orElseThrow();
    assertThat(choice.trial().rate()).isEqualTo(1.0);
    List<StoredPage> shown = new ArrayList<>();
    CompressedStore store = machine.open();
    StoreWalk.Result result = new StoreWalk(store).forEach(shown::add);
    assertThat(result.keys().lost()).isEqualTo(1);
    assertThat(shown).hasSize(machine.truth.pages().size());
    assertThat(shown).allMatch(page -> page.isLocated() && !page.listed());
    assertThat(store.find(machine.key(103)).isLocated()).isTrue();
    assertThat(store.find(machine.key(104)).status()).isEqualTo(StoredPageStatus.DAMAGED_TREE);
  }

  @Test
  void anyDamageEndsInTime() throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_19041, 60, 3);
      damage(machine, new Random(seed));
      walkInTime(machine);
    }
  }

  @Test
  void treesFullOfNoiseEndInTime() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 20; round++) {
      SyntheticStore machine = SyntheticStore.of(StoreFormat.BUILD_26100, 30, 3);
      for (long node : machine.truth.nodes()) {
        byte[] noise = new byte[4096];
        random.nextBytes(noise);
        noise[1] = 0; // a count that a node can have
        noise[3] &= 1;
        machine.kernel.write(node, noise);
      }
      walkInTime(machine);
    }
  }

  private static void damage(SyntheticStore machine, Random random) {
    List<Consumer<Long>> damages =
        List.of(
            node -> machine.kernel.remove(node),
            node ->
                machine.kernel.number(
                    node + 8 + 8L * random.nextInt(30), 8, anyOf(machine.truth.nodes(), random)),
            node -> machine.kernel.number(node + random.nextInt(64), 4, random.nextInt()),
            node -> machine.kernel.number(node, 2, random.nextInt(600)),
            node -> machine.kernel.number(node + 3, 1, random.nextInt(2)));
    for (int i = 0; i < 6; i++) {
      damages.get(random.nextInt(damages.size())).accept(anyOf(machine.truth.nodes(), random));
      StorePageTruth page = anyOf(machine.truth.pages(), random);
      machine.kernel.number(page.recordAddress() + random.nextInt(8), 4, random.nextInt());
      long store = anyOf(List.copyOf(machine.truth.stores().values()), random);
      machine.kernel.number(store + random.nextInt(0x400), 1, random.nextInt());
    }
  }

  private static <T> T anyOf(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }

  private static StoreWalk.Result walkInTime(SyntheticStore machine) {
    return Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          machine.select();
          Optional<CompressedStore> opened = machine.tryOpen();
          if (opened.isEmpty()) {
            return new StoreWalk.Result(new TreeGaps(0, 0, 1, 0), Map.of());
          }
          byte[] target = new byte[4096];
          int[] pages = new int[1];
          StoreWalk.Result result =
              new StoreWalk(opened.get())
                  .forEach(
                      page -> {
                        pages[0]++;
                        opened.get().read(page, target, 0);
                      });
          assertThat(pages[0]).isLessThan(200_000);
          return result;
        });
  }
}
