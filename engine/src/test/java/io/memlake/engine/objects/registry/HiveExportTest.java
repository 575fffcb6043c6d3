package io.memlake.engine.objects.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiveExportTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ez/SAM",
        "ez/SECURITY",
        "ez/NTUSER1.DAT",
        "yarp/BigDataHive",
        "yarp/UnicodeHive",
        "yarp/NewDirtyHive1/NewDirtyHive",
        "ez/SAMBadHBinHeader"
      })
  void exportedHiveHasTheSameContentAndIsClean(String name) throws Exception {
    RegfFile file = SampleHives.open(name);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    HiveExport.Report report = HiveExport.write(file, file.baseBlock(), out);

    RegfFile again = SampleHives.open(out.toByteArray());
    assertThat(report.bytes()).isEqualTo(out.size());
    assertThat(again.baseBlock().checksumValid()).isTrue();
    assertThat(again.baseBlock().dirty()).isFalse();
    assertThat(again.length(false)).isEqualTo(file.length(false));
    assertThat(chainIsWhole(again)).isTrue();
    assertThat(report.missingBlocks()).isZero();
    assertThat(report.rebuiltBins()).isEqualTo(name.contains("Bad") ? 1 : 0);
    assertThat(SampleHives.Listing.of(Hive.of(again)).digest())
        .isEqualTo(SampleHives.Listing.of(Hive.of(file)).digest());
  }

  @Test
  void absentPagesLeaveNoHoleInTheChainOfCells() throws Exception {
    RegfFile file = SampleHives.open("yarp/ManySubkeysHive");
    Set<Integer> lost = Set.of(3, 4, 17, 0x2b);
    Holes holes = new Holes(file, lost);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    HiveExport.Report report = HiveExport.write(holes, file.baseBlock(), out);

    RegfFile again = SampleHives.open(out.toByteArray());
    assertThat(report.missingBlocks()).isEqualTo(lost.size());
    assertThat(report.rebuiltBins() + report.repairedBins()).isPositive();
    assertThat(chainIsWhole(again)).isTrue();
    int root = file.baseBlock().rootCell();
    List<String> expected = SampleHives.Listing.of(new Hive(holes, root)).keys;
    assertThat(SampleHives.Listing.of(Hive.of(again)).keys).containsExactlyElementsOf(expected);
  }

  @Test
  void hiveWithoutAnyPageIsStillAHiveFile() throws Exception {
    RegfFile file = SampleHives.open("yarp/EmptyHive");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Set<Integer> all = new HashSet<>();
    for (int i = 0; i < file.length(false) / CellSource.BLOCK; i++) {
      all.add(i);
    }

    HiveExport.write(new Holes(file, all), file.baseBlock(), out);

    assertThat(chainIsWhole(SampleHives.open(out.toByteArray()))).isTrue();
  }

  /** Goes through all bins and all cells as a strict reader does. */
  private static boolean chainIsWhole(RegfFile file) throws Exception {
    List<HiveGap> gaps = new ArrayList<>();
    CellReader reader = new CellReader(file);
    long end = 0;
    for (HiveBin bin : HiveBins.list(file, false, gaps::add)) {
      long at = bin.offset() + HiveBin.HEADER;
      while (at < bin.end()) {
        at += Math.abs((long) reader.size((int) at, "a cell"));
      }
      if (at != bin.end()) {
        return false;
      }
      end = bin.end();
    }
    return gaps.isEmpty() && end == file.baseBlock().binsLength();
  }
}
