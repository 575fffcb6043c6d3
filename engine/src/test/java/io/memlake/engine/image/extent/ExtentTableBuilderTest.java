package io.memlake.engine.image.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.extent.ExtentTableBuilder.Overlap;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtentTableBuilderTest {

  private static ExtentTableBuilder builder(Overlap overlap) {
    ExtentTableBuilder builder = new ExtentTableBuilder("image", overlap);
    builder.addSource(1L << 40);
    return builder;
  }

  @Test
  void rangesThatBeginAndEndInsideFramesKeepTheirParts() throws IOException {
    ExtentTableBuilder builder = builder(Overlap.FIRST_WINS);
    builder.addStored(0x1800, 0x2C00, 0, 0x40, 0);
    ExtentTable table = builder.build();
    assertThat(table.runs())
        .containsExactly(
            new PageRun(1, 1, PageState.TRUNCATED),
            new PageRun(2, 2, PageState.PRESENT),
            new PageRun(4, 1, PageState.TRUNCATED));
    assertThat(table.location(1)).isEqualTo(0x840);
    assertThat(ExtentTable.fragmentStart(table.fragment(0))).isEqualTo(0x800);
    assertThat(ExtentTable.fragmentLength(table.fragment(2))).isEqualTo(0x400);
  }

  @Test
  void neighboursThatContinueEachOtherBecomeOneExtent() throws IOException {
    ExtentTableBuilder builder = builder(Overlap.FIRST_WINS);
    builder.addStored(0x3000, 0x1000, 0, 0x3000, 0);
    builder.addStored(0x1000, 0x2000, 0, 0x1000, 0);
    builder.addStored(0x4000, 0x1000, 0, 0x8000, 0);
    ExtentTable table = builder.build();
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.runs()).containsExactly(new PageRun(1, 4, PageState.PRESENT));
  }

  @Test
  void anyOverlapsGiveWhatPaintingFrameByFrameGives() throws IOException {
    Random random = new Random(11);
    for (Overlap overlap : Overlap.values()) {
      for (int round = 0; round < 200; round++) {
        ExtentTableBuilder builder = builder(overlap);
        long[] painted = new long[64];
        java.util.Arrays.fill(painted, -1);
        int overlapping = 0;
        for (int i = 0; i < 6; i++) {
          int first = random.nextInt(50);
          int count = 1 + random.nextInt(14);
          long location = (long) (i + 1) << 30;
          builder.addStored((long) first << 12, (long) count << 12, 0, location, 0);
          for (int pfn = first; pfn < first + count; pfn++) {
            if (painted[pfn] >= 0) {
              overlapping++;
            }
            if (painted[pfn] < 0 || overlap == Overlap.LAST_WINS) {
              painted[pfn] = location + ((long) (pfn - first) << 12);
            }
          }
        }
        ExtentTable table = builder.build();
        for (int pfn = 0; pfn < painted.length; pfn++) {
          int extent = table.find(pfn);
          long found =
              extent < 0 ? -1 : table.location(extent) + ((pfn - table.firstPfn(extent)) << 12);
          assertThat(found).as("round %d frame %d", round, pfn).isEqualTo(painted[pfn]);
        }
        assertThat(builder.overlappingPages()).isEqualTo(overlapping);
      }
    }
  }

  @Test
  void rangesOutsideTheAddressSpaceAreCorrupt() {
    ExtentTableBuilder builder = builder(Overlap.FIRST_WINS);
    assertThatThrownBy(() -> builder.addStored(1L << 52, 4096, 0, 0, 0x20))
        .isInstanceOf(CorruptImageException.class)
        .hasMessage(
            "Cannot read image: at 0x20 a run of 4096 bytes at physical address"
                + " 0x10000000000000 leaves the 52-bit address space");
    assertThatThrownBy(() -> builder.addStored(-4096, 4096, 0, 0, 0))
        .isInstanceOf(CorruptImageException.class);
    assertThatThrownBy(() -> builder.addStored(0, -1, 0, 0, 0))
        .isInstanceOf(CorruptImageException.class);
    assertThatThrownBy(() -> builder.addStored(0, 4096, 0, -8, 0))
        .isInstanceOf(CorruptImageException.class);
    assertThatThrownBy(() -> builder.addUnstored(0, Long.MAX_VALUE, PageState.ZERO, 0))
        .isInstanceOf(CorruptImageException.class);
  }
}
