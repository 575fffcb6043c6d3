package io.memlake.engine.objects.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.evidence.Absence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Hives of which pages are absent, as they are in memory. */
class HiveHolesTest {

  @Test
  void eachAbsentPageCostsItsOwnKeysAndIsNamed() throws Exception {
    RegfFile file = SampleHives.open("ez/SAM");
    SampleHives.Listing whole = SampleHives.Listing.of(Hive.of(file));
    int root = file.baseBlock().rootCell();
    Set<String> everything = new HashSet<>(whole.keys);
    int used = (int) (Hive.of(file).cells().length(false) / CellSource.BLOCK);
    int better = 0;

    for (int block = 0; block < used; block++) {
      Hive hive = new Hive(new Holes(file, Set.of(block)), root);
      SampleHives.Listing listing = SampleHives.Listing.of(hive);
      assertThat(everything).containsAll(listing.keys);
      if (listing.keys.size() < whole.keys.size()) {
        assertThat(listing.gaps).as("block " + block).anyMatch(gap -> gap.contains("absent"));
        better++;
      }
    }
    assertThat(better).isGreaterThan(1);
  }

  @Test
  void keysBehindAnAbsentListAreFoundInTheirBins() throws Exception {
    RegfFile file = SampleHives.open("yarp/ManySubkeysHive");
    int all = SampleHives.Listing.of(Hive.of(file)).keys.size();
    Hive hive = new Hive(new Holes(file, Set.of(0x2b020 >> 12)), file.baseBlock().rootCell());
    SampleHives.Listing listing = SampleHives.Listing.of(hive);
    CellSet reached = HiveWalk.walk(hive, new SampleHives.Silent());

    DeletedCells.Found found = DeletedCells.find(hive, reached, gap -> {});

    long unlinked = found.keys().stream().filter(key -> key.key().inUse()).count();
    assertThat(listing.keys.size()).isLessThan(all);
    assertThat(listing.keys.size() + unlinked).isBetween(all - 60L, (long) all);
  }

  @Test
  void dataAcrossAnAbsentPageAreZerosThere() throws Exception {
    RegfFile file = SampleHives.open("yarp/BigDataHive");
    Hive whole = Hive.of(file);
    KeyNode key = whole.find("key_with_bigdata", SampleHives::fail).orElseThrow();
    ValueNode value = whole.value(key, "v", SampleHives::fail).orElseThrow();
    byte[] data = whole.data(value, SampleHives::fail).bytes();
    int lost = (int) (file.length(false) / CellSource.BLOCK) / 2;
    int root = file.baseBlock().rootCell();
    List<HiveGap> gaps = new ArrayList<>();

    ValueData partial = new Hive(new Holes(file, Set.of(lost)), root).data(value, gaps::add);

    assertThat(partial.length()).isEqualTo(data.length);
    assertThat(partial.complete()).isFalse();
    assertThat(partial.missing()).isBetween(1, ValueReader.SEGMENT + CellSource.BLOCK);
    assertThat(gaps).isNotEmpty().allMatch(gap -> gap.reason() == Absence.UNREADABLE);
    int equal = 0;
    for (int i = 0; i < data.length; i++) {
      equal += partial.bytes()[i] == data[i] ? 1 : 0;
    }
    assertThat(equal).isGreaterThanOrEqualTo(data.length - partial.missing());
  }

  @Test
  void rootInAnAbsentPageIsOneGap() throws Exception {
    RegfFile file = SampleHives.open("ez/SAM");
    int root = file.baseBlock().rootCell();

    SampleHives.Listing listing =
        SampleHives.Listing.of(new Hive(new Holes(file, Set.of(root >> 12)), root));

    assertThat(listing.keys).isEmpty();
    assertThat(listing.gaps).containsExactly(": Cell 0x20: a key is in a page that is absent");
  }
}
