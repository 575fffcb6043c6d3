package io.memlake.jobs.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.plan.ImageSplit;
import io.memlake.jobs.plan.SplitPlan;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.RamFill;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any split of the work gives the same findings in the same order. */
class SplitInvarianceTest {

  @TempDir static Path folder;

  private static HadoopEvidence evidence;
  private static ImageIndex image;
  private static List<String> whole;

  @BeforeAll
  static void makeAnImage() throws IOException {
    Path file = folder.resolve("memory.raw");
    RawWriter.writePadded(
        SyntheticMachine.windows(19041)
            .seed(5)
            .ram(64L << 20)
            .fill(RamFill.Kind.NOISE)
            .standardProcesses()
            .build(),
        file);
    evidence = new HadoopEvidence(PlainHadoop.configuration());
    image = ImageFormats.standard().index(file.toString(), evidence);
    whole = findings(1 << 20);
  }

  @Test
  void theImageIsWorthSplitting() {
    assertThat(whole).hasSizeGreaterThan(10_000).anyMatch(line -> line.startsWith("pool"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1000, 1 << 12, 4097, 7777})
  void anySplitFindsTheSame(long pages) throws IOException {
    assertThat(findings(pages)).isEqualTo(whole);
  }

  /** Pages and candidates, each kind in the order it was found. */
  private static List<String> findings(long pages) throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    for (ImageSplit split : SplitPlan.of(image.runs(), pages)) {
      ChunkFindings found = ChunkTask.scan(image, evidence, split, Long.BYTES, true);
      for (int i = 0; i < found.pages(); i++) {
        lines.add(found.pfn(i) + " " + found.kind(i) + " " + found.hash(i) + " " + found.hash2(i));
      }
      for (int i = 0; i < found.poolHeaders(); i++) {
        candidates.add("pool " + found.poolAddress(i) + " " + found.poolTag(i));
      }
    }
    lines.addAll(candidates);
    return lines;
  }
}
