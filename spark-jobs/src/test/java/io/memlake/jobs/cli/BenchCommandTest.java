package io.memlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchCommandTest {
  @Test
  void anImageOrContainersAreMeasuredNotBoth() {
    for (CommandRun run :
        new CommandRun[] {
          CommandRun.of("bench"), CommandRun.of("bench", "image.raw", "--containers=8")
        }) {
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("Either an image or --containers is needed, and not both");
    }
  }
}
