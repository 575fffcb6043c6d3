package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ContainerSamples.Sample;
import io.memlake.engine.image.DamagedSample.Outcome;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers with a table of runs, when that table has runs that overlap or come down. */
class DisorderedRunsTest {
  /**
   * Those that list where their runs are; the others have bitmaps, or offsets that are addresses.
   */
  private static final Set<String> WITH_RUNS =
      Set.of(
          "dump1",
          "dump8",
          "dump9",
          "dump10",
          "narrow1",
          "elf",
          "elf32",
          "vmss",
          "vmsn",
          "lime",
          "avml",
          "aff4prestandard",
          "aff4winpmem2",
          "aff4standard",
          "striped",
          "hiber",
          "hiber11",
          "hiber7",
          "hiberxp32");

  @TempDir Path folder;

  private List<Sample> samples(PatternFrames frames) throws IOException {
    List<Sample> samples =
        ContainerSamples.of(frames, folder).stream()
            .filter(sample -> WITH_RUNS.contains(sample.name()))
            .toList();
    assertThat(samples).hasSize(WITH_RUNS.size());
    return samples;
  }

  @Test
  void runsThatComeDownHoldTheSameFrames() throws IOException {
    PatternFrames frames = PatternFrames.of(93, 0x18, 10, 9, 9, 1, 6);
    DamagedSample check = new DamagedSample(frames);
    for (Sample sample : samples(frames)) {
      assertThat(check.open(sample, sample.evidence(), sample.name()))
          .as(sample.name())
          .matches(Outcome::complete);
    }
  }

  @Test
  void runsThatOverlapHoldTheSameFramesAndAreTold() throws IOException {
    PatternFrames frames = PatternFrames.of(94, 1, 12, 8, 10, 10, 2, 0x18, 8);
    DamagedSample check = new DamagedSample(frames);
    for (Sample sample : samples(frames)) {
      Outcome outcome = check.open(sample, sample.evidence(), sample.name());
      assertThat(outcome).as(sample.name()).matches(Outcome::complete);
      assertThat(outcome.warnings()).as(sample.name()).anyMatch(w -> w.contains("more than o"));
    }
  }
}
