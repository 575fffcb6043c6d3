package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ContainerSamples.Sample;
import io.memlake.engine.image.DamagedSample.Outcome;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every container cut at every border: there is an error with file and offset, or what is left is
 * what was written and what is missing is told.
 */
class CutContainersTest {
  private static final PatternFrames FRAMES = PatternFrames.of(91, 1, 12, 0x18, 8);

  /** Headers and tables are here, and at the end. */
  private static final int DENSE = 8 << 10;

  /** RAW has nothing that tells where it ought to end, as long as whole frames are left. */
  private static final Set<String> WITHOUT_LENGTH = Set.of("raw");

  @TempDir Path folder;

  @Test
  void whatIsLeftIsTrueAndWhatIsMissingIsTold() throws IOException {
    DamagedSample check = new DamagedSample(FRAMES);
    List<Sample> samples = ContainerSamples.of(FRAMES, folder);
    assertThat(samples).hasSizeGreaterThan(55);
    List<String> silent = new ArrayList<>();
    int opened = 0;
    for (Sample sample : samples) {
      Outcome whole = check.open(sample, sample.evidence(), sample.name());
      assertThat(whole).as(sample.name()).matches(Outcome::complete);
      for (Map.Entry<String, byte[]> file : sample.files().entrySet()) {
        byte[] bytes = file.getValue();
        MemoryEvidence evidence = sample.evidence();
        for (int length : cuts(bytes.length)) {
          evidence.put(file.getKey(), Arrays.copyOf(bytes, length));
          String what = sample.name() + ": " + file.getKey() + " cut to " + length;
          Outcome outcome = check.open(sample, evidence, what);
          boolean unknowable = WITHOUT_LENGTH.contains(sample.name()) && outcome.wrong() == 0;
          if (!unknowable && !outcome.told(whole)) {
            silent.add(what + ": " + outcome);
          }
          opened += outcome.error().isEmpty() ? 1 : 0;
        }
      }
    }
    assertThat(silent).isEmpty();
    assertThat(opened).isGreaterThan(5000);
  }

  /** Fields of the first and the last bytes, then borders of sectors and pages and their sides. */
  private static Set<Integer> cuts(int length) {
    Set<Integer> cuts = new TreeSet<>();
    for (int at = 0; at < 256; at += 4) {
      cuts.add(at);
      cuts.add(length - at - 1);
    }
    int step;
    for (int at = 0; at < length; at += step) {
      boolean dense = at < DENSE || at >= length - DENSE;
      step = dense ? 512 : 4096;
      cuts.add(at - 1);
      cuts.add(at);
      cuts.add(at + 1);
    }
    cuts.removeIf(cut -> cut < 0 || cut >= length);
    return cuts;
  }
}
