package io.memlake.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.jobs.exit.OperatorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkSessionsTest {

  @Test
  void theEmbeddedSparkListensOnLoopbackOnlyAndShowsNothing() {
    SparkConf conf = SparkSessions.configure(SparkSettings.DEFAULT, new SparkConf(false));
    assertThat(conf.get("spark.master")).isEqualTo("local[*]");
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("false");
    assertThat(conf.get("spark.driver.host")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.driver.bindAddress")).isEqualTo("127.0.0.1");
    assertThat(conf.get("spark.sql.session.timeZone")).isEqualTo("UTC");
  }

  @Test
  void aClusterIsNotBoundToLoopback() {
    SparkSettings settings = SparkSettings.parse("spark://head:7077", List.of());
    SparkConf conf = SparkSessions.configure(settings, new SparkConf(false));
    assertThat(conf.get("spark.master")).isEqualTo("spark://head:7077");
    assertThat(conf.contains("spark.driver.host")).isFalse();
  }

  @Test
  void theUserOverridesDefaultsButNotWhatResultsDependOn() {
    SparkSettings settings =
        SparkSettings.parse(
            null,
            List.of(
                "spark.ui.enabled=true",
                "spark.serializer=org.apache.spark.serializer.KryoSerializer",
                "spark.sql.sources.partitionOverwriteMode=static",
                "spark.speculation=true"));
    SparkConf conf = SparkSessions.configure(settings, new SparkConf(false));
    assertThat(conf.get("spark.ui.enabled")).isEqualTo("true");
    assertThat(conf.get("spark.serializer")).endsWith("JavaSerializer");
    assertThat(conf.get("spark.sql.sources.partitionOverwriteMode")).isEqualTo("dynamic");
    assertThat(conf.get("spark.speculation")).isEqualTo("true");
  }

  @Test
  void whatSparkSubmitChoseStays() {
    SparkConf submitted = new SparkConf(false).set("spark.master", "yarn");
    assertThat(SparkSessions.configure(SparkSettings.DEFAULT, submitted).get("spark.master"))
        .isEqualTo("yarn");
  }

  @Test
  void settingsThatAreNoneAreRefused() {
    for (String wrong : List.of("nonsense", "=x", "memlake.chunk=1")) {
      assertThatThrownBy(() -> SparkSettings.parse(null, List.of(wrong)))
          .isInstanceOf(OperatorException.class)
          .hasMessageContaining("accepted: spark.NAME=VALUE");
    }
  }

  @Test
  void aClusterThatEndedTheProgramIsTold() {
    Throwable stopped =
        new IllegalStateException("Cannot call methods on a stopped SparkContext.\nwhere: here");
    assertThat(SparkSessions.isLost(stopped)).isTrue();
    assertThat(SparkSessions.isLost(new RuntimeException("job", stopped))).isTrue();
    assertThat(SparkSessions.isLost(new IllegalStateException("a defect"))).isFalse();
    Exception first = new IllegalStateException("one");
    first.initCause(new IllegalStateException("two", first));
    assertThat(SparkSessions.isLost(first)).isFalse();
  }

  @Test
  void settingsAreCopied() {
    assertThat(new SparkSettings(Optional.empty(), Map.of("spark.a", "b")).conf())
        .containsEntry("spark.a", "b");
  }
}
