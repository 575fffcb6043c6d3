package io.memlake.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitPlanTest {

  @Test
  void splitsHoldEveryReadableFrameOnce() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<PageRun> runs = randomRuns(random);
      long pages = 1L + random.nextInt(40);
      List<ImageSplit> splits = SplitPlan.of(runs, pages);
      assertThat(framesIn(splits, runs)).isEqualTo(readableFrames(runs));
      for (int i = 0; i < splits.size(); i++) {
        assertThat(splits.get(i).number()).isEqualTo(i);
        assertThat(splits.get(i).readablePages()).isBetween(1L, pages);
        assertThat(i == 0 || splits.get(i - 1).endPfn() <= splits.get(i).firstPfn()).isTrue();
      }
    }
  }

  @Test
  void anImageWithoutBytesHasNoSplits() {
    assertThat(SplitPlan.of(List.of(), 10)).isEmpty();
    assertThat(SplitPlan.of(List.of(new PageRun(5, 7, PageState.TRUNCATED)), 10)).isEmpty();
  }

  @Test
  void aHeaderThatPromisesAnAbsurdAmountMakesNoSplits() {
    PageRun promised = new PageRun(100, PageRun.MAX_PFN - 100, PageState.TRUNCATED);
    List<PageRun> runs = List.of(new PageRun(0, 100, PageState.PRESENT), promised);
    assertThat(SplitPlan.of(runs, 64)).hasSize(2);
  }

  @Test
  void chunksGrowWithTheImageAndWithNothingElse() {
    assertThat(SplitPlan.pagesFor(1L << 17)).isEqualTo(1 << 15);
    assertThat(SplitPlan.pagesFor(1L << 20)).isEqualTo(1 << 16);
    assertThat(SplitPlan.pagesFor(1L << 28)).isEqualTo(1 << 17);
  }

  private static List<PageRun> randomRuns(Random random) {
    List<PageRun> runs = new ArrayList<>();
    long next = random.nextInt(5);
    PageState[] states = PageState.values();
    for (int i = 0; i < random.nextInt(8); i++) {
      int length = 1 + random.nextInt(60);
      runs.add(new PageRun(next, length, states[random.nextInt(states.length)]));
      next += length + random.nextInt(3);
    }
    return runs;
  }

  private static List<Long> readableFrames(List<PageRun> runs) {
    List<Long> frames = new ArrayList<>();
    for (PageRun run : runs) {
      for (long pfn = run.firstPfn(); run.state().readable() && pfn < run.endPfn(); pfn++) {
        frames.add(pfn);
      }
    }
    return frames;
  }

  private static List<Long> framesIn(List<ImageSplit> splits, List<PageRun> runs) {
    List<Long> readable = readableFrames(runs);
    List<Long> frames = new ArrayList<>();
    for (ImageSplit split : splits) {
      readable.stream()
          .filter(pfn -> pfn >= split.firstPfn() && pfn < split.endPfn())
          .forEach(frames::add);
    }
    return frames;
  }
}
