package io.memlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.authenticate.secret",
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.session.token",
        "spark.hadoop.fs.s3a.bucket.evidence.secret.key",
        "spark.hadoop.fs.s3a.encryption.key",
        "spark.hadoop.fs.azure.account.key.store.dfs.core.windows.net",
        "spark.ssl.keyStorePassword"
      })
  void valuesOfSecretSettingsAreLeftOut(String name) {
    String line = CommandText.of(List.of("analyze", "--conf", name + "=hunter2", "--lake", "l"));
    assertThat(line).contains(name).doesNotContain("hunter2").endsWith("--lake l");
    assertThat(CommandText.of(List.of("--conf=" + name + "=hunter2"))).doesNotContain("hunter2");
  }

  @Test
  void whatIsNoSecretStaysAndCanBeRepeated() {
    assertThat(CommandText.of(List.of("analyze", "a b.raw", "--conf", "spark.x=it's")))
        .isEqualTo("analyze 'a b.raw' --conf 'spark.x=it'\\''s'");
  }
}
