package io.memlake.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The manifests for Kubernetes and the Dockerfile: no cluster is at hand, so what can be checked
 * without one is: kinds and required fields, and that files which name the same thing agree.
 */
class ManifestsTest {
  private static final Path CONFIG = Path.of("../cluster-config");
  private static final Path DOCKERFILE = CONFIG.resolve("container/Dockerfile");

  /** Kinds with the versions of their interface that clusters of today serve. */
  private static final Set<String> KINDS =
      Set.of(
          "v1 Namespace",
          "v1 ServiceAccount",
          "v1 Pod",
          "v1 PersistentVolumeClaim",
          "rbac.authorization.k8s.io/v1 Role",
          "rbac.authorization.k8s.io/v1 RoleBinding",
          "networking.k8s.io/v1 NetworkPolicy",
          "sparkoperator.k8s.io/v1beta2 SparkApplication");

  /** Fields of a {@code SparkApplicationSpec} that the file uses, by the operator's reference. */
  private static final Set<String> APPLICATION_FIELDS =
      Set.of(
          "type",
          "mode",
          "sparkVersion",
          "image",
          "mainClass",
          "mainApplicationFile",
          "arguments",
          "restartPolicy",
          "sparkConf",
          "volumes",
          "driver",
          "executor");

  @BeforeAll
  static void findTheFolder() {
    assumeTrue(Files.isDirectory(CONFIG), "skipped: no folder " + CONFIG);
  }

  @Test
  void everyDocumentIsOfAKindThatClustersServeAndHasItsName() throws IOException {
    List<JsonNode> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(CONFIG.resolve("kubernetes"))) {
      for (Path file : files.sorted().toList()) {
        all.addAll(documents(file));
      }
    }
    assertThat(all).hasSizeGreaterThanOrEqualTo(9);
    for (JsonNode document : all) {
      String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
      assertThat(KINDS).contains(kind);
      if (kind.endsWith("Pod") || kind.endsWith("Namespace")) {
        continue;
      }
      assertThat(document.at("/metadata/name").asText()).as(kind).isNotEmpty();
      assertThat(document.at("/metadata/namespace").asText()).as(kind).isEqualTo("memlake");
    }
  }

  @Test
  void theDriverMayManageItsExecutorsAndIsTheAccountOfTheSettings() throws IOException {
    List<JsonNode> documents = documents("namespace.yaml");
    JsonNode role = only(documents, "Role");
    JsonNode binding = only(documents, "RoleBinding");
    String account = only(documents, "ServiceAccount").at("/metadata/name").asText();
    assertThat(binding.at("/roleRef/name")).isEqualTo(role.at("/metadata/name"));
    assertThat(binding.at("/roleRef/kind").asText()).isEqualTo("Role");
    assertThat(binding.at("/subjects/0/name").asText()).isEqualTo(account);
    assertThat(texts(role.at("/rules/0/resources")))
        .contains("pods", "configmaps", "services")
        .doesNotContain("secrets", "*");
    assertThat(texts(role.at("/rules/0/verbs")))
        .contains("get", "list", "watch", "create", "delete")
        .doesNotContain("*");
    Properties settings = settings();
    assertThat(settings.getProperty("spark.kubernetes.authenticate.driver.serviceAccountName"))
        .isEqualTo(account)
        .isEqualTo(application().at("/spec/driver/serviceAccount").asText());
    assertThat(settings.getProperty("spark.kubernetes.namespace"))
        .isEqualTo(only(documents, "Namespace").at("/metadata/name").asText());
  }

  @Test
  void podsMountClaimsThatAreThereAndEvidenceReadOnly() throws IOException {
    List<JsonNode> claims = documents("volumes.yaml");
    JsonNode template = documents("pod-template.yaml").get(0);
    for (JsonNode volumes :
        List.of(template.at("/spec/volumes"), application().at("/spec/volumes"))) {
      assertThat(volumes).hasSize(2);
      for (JsonNode volume : volumes) {
        JsonNode claim = volume.path("persistentVolumeClaim");
        assertThat(claims)
            .filteredOn(one -> one.at("/metadata/name").equals(claim.path("claimName")))
            .singleElement()
            .satisfies(
                one ->
                    assertThat(texts(one.at("/spec/accessModes")))
                        .containsExactly(
                            claim.path("readOnly").asBoolean() ? "ReadOnlyMany" : "ReadWriteMany"));
      }
    }
    assertThat(application().at("/spec/driver/volumeMounts"))
        .isEqualTo(application().at("/spec/executor/volumeMounts"))
        .isEqualTo(template.at("/spec/containers/0/volumeMounts"));
    assertThat(template.at("/spec/containers/0/volumeMounts/0/readOnly").asBoolean()).isTrue();
  }

  /** What the namespace enforces: the profile "restricted" of Pod Security Standards. */
  @Test
  void podsAreOfTheKindThatTheNamespaceAdmits() throws IOException {
    JsonNode template = documents("pod-template.yaml").get(0);
    JsonNode spec = application().path("spec");
    assertRestricted(
        template.at("/spec/securityContext"), template.at("/spec/containers/0/securityContext"));
    for (String part : List.of("driver", "executor")) {
      assertRestricted(
          spec.path(part).path("podSecurityContext"), spec.path(part).path("securityContext"));
    }
  }

  private static void assertRestricted(JsonNode pod, JsonNode container) {
    assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(texts(container.at("/capabilities/drop"))).containsExactly("ALL");
  }

  @Test
  void theApplicationOfTheOperatorIsTheRunOfTheSettings() throws IOException {
    JsonNode spec = application().path("spec");
    spec.fieldNames().forEachRemaining(name -> assertThat(APPLICATION_FIELDS).contains(name));
    assertThat(spec.path("type").asText()).isEqualTo("Java");
    assertThat(spec.path("mode").asText()).isEqualTo("cluster");
    assertThat(spec.path("mainClass").asText())
        .isEqualTo(io.memlake.jobs.cli.Memlake.class.getName());
    assertThat(spec.path("sparkVersion").asText())
        .isEqualTo(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    assertThat(texts(spec.path("arguments")))
        .containsExactly("analyze", "/evidence", "--lake", "/lake");
    assertThat(spec.at("/restartPolicy/type").asText()).isEqualTo("OnFailure");
    Properties settings = settings();
    assertThat(spec.path("image").asText())
        .isEqualTo(settings.getProperty("spark.kubernetes.container.image"));
    assertThat(spec.path("sparkConf")).hasSizeGreaterThanOrEqualTo(5);
    for (var one : spec.path("sparkConf").properties()) {
      assertThat(one.getValue().asText())
          .as(one.getKey())
          .isEqualTo(settings.getProperty(one.getKey()));
    }
    JsonNode executor = spec.path("executor");
    assertThat(executor.path("instances").asText())
        .isEqualTo(settings.getProperty("spark.executor.instances"));
    assertThat(executor.path("cores").asText())
        .isEqualTo(settings.getProperty("spark.executor.cores"));
    assertThat(executor.path("memory").asText())
        .isEqualTo(settings.getProperty("spark.executor.memory"));
  }

  @Test
  void theContainerHoldsTheJarWhereTheSettingsLookForIt() throws IOException {
    String text = Files.readString(DOCKERFILE);
    assertThat(text).contains("docker build -t " + application().at("/spec/image").asText() + " ");
    List<String> copied = new ArrayList<>();
    for (String line : instructions(text, "COPY")) {
      String[] words = line.split("\\s+");
      assertThat(words).hasSize(2);
      assertThat(words[0]).matches("(spark-jobs/target|cluster-config)/.*");
      if (words[0].startsWith("cluster-config/")) {
        assertThat(Path.of("..").resolve(words[0])).exists();
      }
      boolean folder = words[1].endsWith("/") && !words[0].endsWith("/");
      copied.add(words[1] + (folder ? words[0].substring(words[0].lastIndexOf('/') + 1) : ""));
    }
    String jar =
        application().at("/spec/mainApplicationFile").asText().substring("local://".length());
    assertThat(copied).contains(jar);
    // The name that the build gives the thin jar.
    assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>memlake</finalName>");
    for (String name : List.of("spark.driver.extraClassPath", "spark.executor.extraClassPath")) {
      for (String entry : settings().getProperty(name).split(":", -1)) {
        assertThat(copied).as(name).contains(entry.replace("*", ""));
      }
    }
  }

  @Test
  void theContainerIsMadeFromTheSparkThatTestsRanWithAndGivesUpRoot() throws Exception {
    String text = Files.readString(DOCKERFILE);
    assertThat(instructions(text, "FROM"))
        .singleElement()
        .asString()
        .startsWith("apache/spark:" + org.apache.spark.package$.MODULE$.SPARK_VERSION() + "-")
        .contains("java17");
    List<String> users = instructions(text, "USER");
    assertThat(users.get(users.size() - 1)).isEqualTo("spark");
    assumeTrue(Files.exists(Path.of("/bin/sh")), "skipped: no /bin/sh to read commands with");
    for (String command : instructions(text, "RUN")) {
      Process shell = new ProcessBuilder("/bin/sh", "-n", "-c", command).inheritIO().start();
      assertThat(shell.waitFor()).as(command).isZero();
    }
    Set<String> known = Set.of("FROM", "USER", "RUN", "COPY", "VOLUME");
    Set<String> used = new TreeSet<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> used.add(line.substring(0, line.indexOf(' '))));
    assertThat(known).containsAll(used);
  }

  private static List<String> instructions(String dockerfile, String name) {
    return dockerfile
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length()).strip())
        .toList();
  }

  private static JsonNode application() throws IOException {
    return documents("spark-application.yaml").get(0);
  }

  private static JsonNode only(List<JsonNode> documents, String kind) {
    List<JsonNode> found =
        documents.stream().filter(one -> one.path("kind").asText().equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static List<JsonNode> documents(String file) throws IOException {
    return documents(CONFIG.resolve("kubernetes").resolve(file));
  }

  /** As a cluster reads them: references inside a document resolved, no tags. */
  private static List<JsonNode> documents(Path file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file)) {
      Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
      for (Object document : yaml.loadAll(reader)) {
        documents.add(new ObjectMapper().valueToTree(document));
      }
    }
    return documents;
  }

  private static Properties settings() throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(CONFIG.resolve("spark/kubernetes.conf"))) {
      settings.load(reader);
    }
    return settings;
  }
}
