package io.memlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class ToolVersionTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @Test
  void theCommitIsWhatTheBuildWrote() {
    assertThat(ToolVersion.commit(written(COMMIT))).isEqualTo(COMMIT);
    assertThat(ToolVersion.commit(written(COMMIT + "-dirty"))).isEqualTo(COMMIT + "-dirty");
  }

  @Test
  void aBuildOutsideARepositoryKnowsNoCommit() {
    assertThat(ToolVersion.commit(written("${build.commit}"))).isEmpty();
    assertThat(ToolVersion.commit(written("fatal: not a git repository"))).isEmpty();
    assertThat(ToolVersion.commit(new Properties())).isEmpty();
  }

  private static Properties written(String commit) {
    Properties properties = new Properties();
    properties.setProperty("commit", commit);
    return properties;
  }
}
