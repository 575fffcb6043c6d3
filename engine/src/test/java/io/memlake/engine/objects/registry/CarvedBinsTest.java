package io.memlake.engine.objects.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CarvedBinsTest {

  @Test
  void binsFoundOneByOneAreReadLikeTheFileTheyCameFrom() throws Exception {
    byte[] file = SampleHives.bytes("ez/SAM");
    CarvedBins bins = new CarvedBins("carved");
    int found = 0;
    for (int at = file.length - 512; at >= 0; at -= 512) {
      HiveBin bin = HiveBin.parse(file, at, file.length - at).orElse(null);
      if (bin != null) {
        bins.add(bin, Arrays.copyOfRange(file, at, Math.min(file.length, at + bin.size())));
        found++;
      }
    }

    SampleHives.Listing listing = SampleHives.Listing.of(new Hive(bins, 0x20));

    assertThat(found).isGreaterThan(2);
    assertThat(listing.digest())
        .isEqualTo(SampleHives.Listing.of(Hive.of(SampleHives.open("ez/SAM"))).digest());
  }

  @Test
  void overlappingBinIsNotTaken() {
    CarvedBins bins = new CarvedBins("carved");

    assertThat(bins.add(new HiveBin(4096, 8192, 0), new byte[8192])).isTrue();
    assertThat(bins.add(new HiveBin(8192, 4096, 0), new byte[4096])).isFalse();
    assertThat(bins.add(new HiveBin(0, 4096, 0), new byte[4096])).isTrue();
    assertThat(bins.add(new HiveBin(0, 8192, 0), new byte[8192])).isFalse();
    assertThat(bins.length(false)).isEqualTo(12288);
  }

  @Test
  void headerThatContradictsItselfIsNoBin() {
    byte[] page = new byte[4096];
    System.arraycopy(new byte[] {'h', 'b', 'i', 'n'}, 0, page, 0, 4);
    page[9] = 0x10;

    assertThat(HiveBin.parse(page, 0, page.length)).isPresent();
    page[8] = 1;
    assertThat(HiveBin.parse(page, 0, page.length)).isEmpty();
    page[8] = 0;
    page[5] = 0x08;
    assertThat(HiveBin.parse(page, 0, page.length)).isEmpty();
    page[5] = 0;
    page[11] = 0x7F;
    assertThat(HiveBin.parse(page, 0, page.length)).isEmpty();
  }

  @Test
  void fragmentOfAHiveGivesItsKeys() throws Exception {
    byte[] fragment = SampleHives.bytes("yarp/MemoryCarving/Fragment_0");
    CarvedBins bins = new CarvedBins("fragment");
    for (int at = 0; at + HiveBin.HEADER <= fragment.length; at += 4096) {
      HiveBin bin = HiveBin.parse(fragment, at, fragment.length - at).orElse(null);
      if (bin != null) {
        int end = Math.min(fragment.length, at + bin.size());
        bins.add(bin, Arrays.copyOfRange(fragment, at, end));
      }
    }

    DeletedCells.Found found =
        DeletedCells.find(new Hive(bins, CellSource.NO_CELL), new CellSet(), gap -> {});

    assertThat(found.keys().size() + found.values().size()).isPositive();
  }
}
