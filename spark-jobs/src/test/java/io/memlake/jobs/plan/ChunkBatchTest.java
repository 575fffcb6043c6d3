package io.memlake.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkBatchTest {

  @Test
  void everyChunkIsInOneBatchAndBatchesAreInRisingOrder() {
    for (int count = 0; count < 100; count++) {
      List<ImageSplit> splits = splits(count, 1 << 16);
      List<ImageSplit> dealt = new ArrayList<>();
      for (ChunkBatch batch : ChunkBatch.of(splits, 3)) {
        assertThat(batch.splits())
            .isNotEmpty()
            .isSortedAccordingTo((a, b) -> Integer.compare(a.number(), b.number()));
        dealt.addAll(batch.splits());
      }
      assertThat(dealt).containsExactlyInAnyOrderElementsOf(splits);
    }
  }

  @Test
  void aSmallImageIsOneTaskACore() {
    assertThat(ChunkBatch.of(splits(4, 1 << 15), 2)).hasSize(2);
    assertThat(ChunkBatch.of(splits(4, 1 << 15), 16)).hasSize(4);
  }

  @Test
  void aLargerImageIsAFewTasksACore() {
    assertThat(ChunkBatch.of(splits(16, 1 << 15), 2)).hasSize(8);
    assertThat(ChunkBatch.of(splits(64, 1 << 16), 2)).hasSize(16);
  }

  @Test
  void noTaskReadsMoreThanOneGibibyte() {
    for (ChunkBatch batch : ChunkBatch.of(splits(1024, 1 << 17), 1)) {
      assertThat(batch.splits()).hasSize(2);
    }
  }

  private static List<ImageSplit> splits(int count, long pages) {
    List<ImageSplit> splits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      splits.add(new ImageSplit(i, i * pages, pages, pages));
    }
    return splits;
  }
}
