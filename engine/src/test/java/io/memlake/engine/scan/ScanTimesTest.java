package io.memlake.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.machine.RamFill;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ScanTimesTest {

  @Test
  void theSampleIsScaledAndTheRestIsWhatNothingExplains() {
    ScanTimes times = ScanTimes.of(1000, 300, new long[] {1, 2, 3, 4}, 10);

    assertThat(times).isEqualTo(new ScanTimes(300, 10, 20, 30, 40, 600));
    assertThat(times.total()).isEqualTo(1000);
  }

  @Test
  void scannersNeverTakeMoreThanReadingLeft() {
    ScanTimes times = ScanTimes.of(1000, 300, new long[] {100, 100, 200, 300}, 10);

    assertThat(times).isEqualTo(new ScanTimes(300, 100, 100, 200, 300, 0));
  }

  @Test
  void aScanTooShortForASampleIsReadingAndRest() {
    assertThat(ScanTimes.of(50, 60, new long[4], 0)).isEqualTo(new ScanTimes(50, 0, 0, 0, 0, 0));
    assertThat(ScanTimes.of(50, 20, new long[4], 0)).isEqualTo(new ScanTimes(20, 0, 0, 0, 0, 30));
  }

  @Test
  void theTimesOfAScanAreTheProcessorTimeThatItTook() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .seed(2)
            .standardProcesses()
            .fill(RamFill.Kind.MIXED)
            .build();
    try (PhysicalMemory memory = new SyntheticImage(machine).open(new LocalEvidence())) {
      long before = ScanClock.now();
      ScanTimes times =
          new ChunkScan(PoolTags.ALL).scan(memory, 0, memory.endPfn(), new Nothing()).times();
      long spent = ScanClock.now() - before;

      assertThat(times.total()).isPositive().isLessThanOrEqualTo(spent);
      // What is not in the scan is two looks at the clock and the sum.
      assertThat(times.total()).isGreaterThan(spent / 2);
    }
  }

  private static final class Nothing implements ChunkSink {
    @Override
    public void page(long pfn, PageKind kind, long hash, long hash2) {}

    @Override
    public void poolHeader(long physicalAddress, int tag) {}

    @Override
    public void carved(CarveKind kind, long address) {}

    @Override
    public void lost(long pfn) {}
  }
}
