package io.memlake.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PteLayoutEstimateTest {
  private static final long MASK = 1L << 45;
  private final TableWriter tables = new TableWriter(4, 0x1AD);
  private final Random random = new Random(3);

  private PteLayoutEstimate estimate() throws IOException {
    PteLayoutEstimate estimate = new PteLayoutEstimate(0x40_0000);
    PagedAddressSpace space =
        AddressSpaces.x64(
            tables.frames, tables.root, PteLayout.x64BeforeSwizzle(), PagedOutPages.NONE);
    PageTableWalker.walk(space, estimate);
    return estimate;
  }

  @Test
  void aKernelSinceTheUpdatesShowsItsSwizzleBitAndItsMask() throws IOException {
    for (int i = 0; i < 400; i++) {
      long page = (long) random.nextInt(1 << 20) << 32 | (long) random.nextInt(3) << 12 | 0x90;
      tables.entry(i * 4096L, i % 2 == 0 ? page : (page & ~0x10L) ^ MASK);
      tables.entry((1000L + i) * 4096, ((long) random.nextInt(0x40_0000) << 12 | 0x880) ^ MASK);
      tables.entry((3000L + i) * 4096, (long) random.nextInt(0x40_0000) << 12 | 0x890);
    }
    PteLayoutEstimate estimate = estimate();
    assertThat(estimate.hasSwizzleBit()).contains(true);
    assertThat(estimate.invalidPteMask()).isEqualTo(MASK);
  }

  @Test
  void anOlderKernelShowsNeither() throws IOException {
    for (int i = 0; i < 400; i++) {
      tables.entry(
          i * 4096L, (1L + random.nextInt(1 << 20)) << 32 | (long) random.nextInt(3) << 1 | 0x80);
      tables.entry((1000L + i) * 4096, (long) random.nextInt(0x40_0000) << 12 | 0x880);
    }
    PteLayoutEstimate estimate = estimate();
    assertThat(estimate.hasSwizzleBit()).contains(false);
    assertThat(estimate.invalidPteMask()).isZero();
  }

  @Test
  void fewEntriesProveNothing() throws IOException {
    tables.entry(0, 5L << 32 | 0x90);
    assertThat(estimate().hasSwizzleBit()).isEmpty();
  }
}
