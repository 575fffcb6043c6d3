package io.memlake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nothing comes onto the class path, not even a new version, that nobody has looked at. */
class DependenciesTest {
  private static final Path REVIEWED = Path.of("../docs/dependencies.tsv");
  private static final Pattern JAR = Pattern.compile("jar:file:.*/([^/]+)\\.jar!/META-INF/.*");

  @Test
  void everyJarOnTheClassPathIsInTheListOfReviewedOnes() throws IOException {
    Set<String> reviewed =
        rows().stream().map(row -> row.get(1) + "-" + row.get(2)).collect(Collectors.toSet());
    assertThat(jars()).hasSizeGreaterThan(100).allSatisfy(jar -> assertReviewed(jar, reviewed));
  }

  @Test
  void everyReviewedJarHasALicence() throws IOException {
    assertThat(rows()).allSatisfy(row -> assertThat(row).hasSize(4).doesNotContain(""));
  }

  /** A file may carry a classifier after the version, as native libraries do. */
  private static void assertReviewed(String jar, Set<String> reviewed) {
    assertThat(reviewed)
        .as("%s, to be reviewed and added to docs/dependencies.tsv", jar)
        .anyMatch(known -> jar.equals(known) || jar.startsWith(known + "-"));
  }

  /** Group, artifact, version, licence; the first line names the columns. */
  private static List<List<String>> rows() throws IOException {
    return Files.readAllLines(REVIEWED).stream()
        .skip(1)
        .map(line -> List.of(line.split("\t", -1)))
        .toList();
  }

  private static Set<String> jars() throws IOException {
    Set<String> jars = new TreeSet<>();
    for (URL manifest :
        Collections.list(
            DependenciesTest.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
      Matcher jar = JAR.matcher(manifest.toString());
      // What starts the tests is not what the program runs with.
      if (jar.matches()
          && !jar.group(1)
              .matches("surefire.*|common-java5.*|junit-platform-console.*|memlake.*")) {
        jars.add(jar.group(1));
      }
    }
    return jars;
  }
}
