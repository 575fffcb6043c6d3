package io.memlake.jobs.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry$;
import org.apache.spark.internal.config.Network$;
import org.apache.spark.internal.config.UI$;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in {@code cluster-config}: Spark knows every setting, and every file parses. */
class ClusterConfigTest {
  private static final Path FOLDER = Path.of("../cluster-config");

  /** Settings of resource managers whose code is not on our class path. */
  private static final List<String> FOREIGN = List.of("spark.kubernetes.", "spark.yarn.");

  @BeforeAll
  static void findTheFolder() {
    assumeTrue(Files.isDirectory(FOLDER), "skipped: no folder " + FOLDER);
    // Spark knows a setting once the object that declares it is there.
    assertThat(org.apache.spark.internal.config.package$.MODULE$).isNotNull();
    assertThat(Network$.MODULE$).isNotNull();
    assertThat(UI$.MODULE$).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"standalone", "yarn", "kubernetes"})
  void sparkKnowsEverySettingAndItsSecretsAreKept(String profile) throws IOException {
    Properties settings = read(FOLDER.resolve("spark/" + profile + ".conf"));
    assertThat(settings.stringPropertyNames()).hasSizeGreaterThan(8);
    SparkConf conf = new SparkConf(false);
    for (String name : settings.stringPropertyNames()) {
      if (FOREIGN.stream().noneMatch(name::startsWith)) {
        assertThat(ConfigEntry$.MODULE$.findEntry(name)).as(name).isNotNull();
      }
      conf.set(name, settings.getProperty(name).strip());
    }
    assertThat(conf.getBoolean("spark.authenticate", false)).isTrue();
    assertThat(conf.getBoolean("spark.network.crypto.enabled", false)).isTrue();
    assertThat(conf.getBoolean("spark.io.encryption.enabled", false)).isTrue();
    assertThat("fs.s3a.access.key").containsPattern(conf.get("spark.redaction.regex"));
    SparkSessions.configure(SparkSettings.DEFAULT, conf);
    assertThat(conf.get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(conf.get("spark.executor.memory")).isEqualTo("4g");
  }

  @ParameterizedTest
  @ValueSource(strings = {"namespace.yaml", "pod-template.yaml"})
  void everyDocumentNamesWhatItIs(String file) throws IOException {
    List<String> kinds = new ArrayList<>();
    ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    try (JsonParser parser =
        yaml.getFactory().createParser(FOLDER.resolve("kubernetes/" + file).toFile())) {
      var documents = yaml.readValues(parser, JsonNode.class);
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        assertThat(document.path("apiVersion").asText()).isNotEmpty();
        kinds.add(document.path("kind").asText());
      }
    }
    assertThat(kinds).isNotEmpty().allMatch(kind -> kind.matches("[A-Z][A-Za-z]+"));
  }

  @Test
  void thePodsMountEvidenceReadOnlyAndMayNothing() throws IOException {
    JsonNode pod =
        new ObjectMapper(new YAMLFactory())
            .readTree(FOLDER.resolve("kubernetes/pod-template.yaml").toFile());
    JsonNode container = pod.at("/spec/containers/0");
    assertThat(container.at("/volumeMounts/0/mountPath").asText()).isEqualTo("/evidence");
    assertThat(container.at("/volumeMounts/0/readOnly").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
  }

  private static Properties read(Path file) throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
    }
    return settings;
  }
}
