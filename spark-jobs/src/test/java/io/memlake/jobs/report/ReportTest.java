package io.memlake.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.TestRows;
import io.memlake.jobs.panels.Panels;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final String NASTY =
      "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u202egnp.exe\u2028";

  @TempDir Path folder;

  private Path lake;

  @BeforeEach
  void publish() throws IOException {
    lake = folder.resolve("lake");
    try (LakeWriter writer = LakeWriter.open(lake.toString(), PlainHadoop.configuration())) {
      writer.publish(
          TestRows.manifest("<b>WS01", "run1", HostManifest.OK),
          TestRows.stage(
              writer, "run1", "<b>WS01", List.of(TestRows.kernelModule("<b>WS01", "run1", NASTY))));
    }
  }

  @Test
  void namesOutOfMemoryNeverBecomeMarkup() throws IOException {
    String page = report();
    assertThat(page.split("<script", -1)).hasSize(3);
    assertThat(page.split("</script", -1)).hasSize(3);
    assertThat(page).doesNotContain("<img").doesNotContain("<b>WS01");
    JsonNode drivers = panel(page, "rare_drivers");
    assertThat(drivers.path("state").asText()).isEqualTo("rows");
    assertThat(drivers.path("rows").get(0).get(0).asText()).isEqualTo(NASTY);
  }

  @Test
  void theScriptAndTheStyleAreThoseThatThePolicyNames() throws Exception {
    String page = report();
    Matcher policy =
        Pattern.compile(
                "content=\"default-src 'none'; script-src '(sha256-[^']+)'; "
                    + "style-src '(sha256-[^']+)'; img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'\"")
            .matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(hash(between(page, "<script>", "</script>"))).isEqualTo(policy.group(1));
    assertThat(hash(between(page, "<style>", "</style>"))).isEqualTo(policy.group(2));
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http://", "https://");
  }

  @Test
  void panelsWithoutRowsSayWhy() throws IOException {
    String page = report();
    assertThat(panel(page, "hidden").path("state").asText()).isEqualTo("absent");
    assertThat(panel(page, "hidden").path("message").asText())
        .startsWith("The lake holds no rows of table processes.");
    assertThat(data(page).path("panels")).hasSize(Panels.ofFleet().size());
  }

  @Test
  void wrongUseIsToldWithoutAPage() {
    assertThat(CommandRun.of("report", "--lake", folder.resolve("none"), "--out", "x").code())
        .isEqualTo(2);
    CommandRun wrongCase =
        CommandRun.of("report", "--lake", lake, "--case", "other", "--out", folder.resolve("r"));
    assertThat(wrongCase.code()).isEqualTo(2);
    assertThat(wrongCase.err()).contains("No case other; the lake holds: default");
    assertThat(folder.resolve("r")).doesNotExist();
  }

  private String report() throws IOException {
    Path out = folder.resolve("r.html");
    CommandRun run = CommandRun.of("report", "--lake", lake, "--out", out);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    return Files.readString(out);
  }

  private static JsonNode panel(String page, String id) throws IOException {
    for (JsonNode panel : data(page).path("panels")) {
      if (panel.path("id").asText().equals(id)) {
        return panel;
      }
    }
    throw new AssertionError(id);
  }

  private static JsonNode data(String page) throws IOException {
    return new ObjectMapper()
        .readTree(between(page, "<script type=\"application/json\" id=\"data\">", "</script>"));
  }

  private static String between(String page, String start, String end) {
    int from = page.indexOf(start) + start.length();
    return page.substring(from, page.indexOf(end, from));
  }

  private static String hash(String text) throws NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }
}
