package io.memlake.jobs.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memlake.jobs.panels.DemoLake;
import io.memlake.jobs.panels.Panel;
import io.memlake.jobs.panels.Panels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DashboardServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static DashboardServer server;
  private static DashboardServer withSql;

  @BeforeAll
  static void start() throws IOException {
    server = TestDashboard.start(DemoLake.folder(), false);
    withSql = TestDashboard.start(DemoLake.folder(), true);
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    withSql.close();
  }

  @Test
  void theTokenOpensAndIsTakenOutOfTheAddress() throws Exception {
    HttpResponse<String> opened = send(HttpRequest.newBuilder(URI.create(server.address())));
    assertThat(opened.statusCode()).isEqualTo(303);
    assertThat(opened.headers().firstValue("Location")).hasValue("/");
    assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly")
        .contains("SameSite=Strict");
    HttpResponse<String> page = get(server, "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'; script-src 'sha256-")
        .contains("connect-src 'self'")
        .endsWith("frame-ancestors 'none'");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.body()).doesNotContain(token(server));
  }

  @Test
  void nobodyElseIsAnswered() throws Exception {
    assertThat(send(HttpRequest.newBuilder(uri(server, "/api/lake"))).statusCode()).isEqualTo(401);
    assertThat(send(HttpRequest.newBuilder(uri(server, "/?token=0123"))).statusCode())
        .isEqualTo(401);
    assertThat(send(asked(withSql, "/api/lake").header("Cookie", "memlake_1=x")).statusCode())
        .isEqualTo(200);
    assertThat(
            send(asked(server, "/api/lake").POST(HttpRequest.BodyPublishers.ofString("x")))
                .statusCode())
        .isEqualTo(405);
    assertThat(send(asked(server, "/api/lake").header("Sec-Fetch-Site", "cross-site")).statusCode())
        .isEqualTo(403);
    // The Java client sets the host by itself.
    assertThat(statusWithHost("attacker.example:" + uri(server, "/").getPort()))
        .startsWith("HTTP/1.1 421");
    assertThat(statusWithHost("localhost:" + uri(server, "/").getPort()))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void everyPanelAnswersWithItsParameters() throws Exception {
    for (Panel panel : Panels.all()) {
      HttpResponse<String> answer =
          get(
              server,
              "/api/panel/" + panel.id() + "?host=WS-BOB&pid=5252&a=WS-ALICE&b=WS-BOB&eprocess=");
      assertThat(answer.statusCode()).as(panel.id()).isEqualTo(200);
      JsonNode json = JSON.readTree(answer.body());
      assertThat(json.path("state").asText()).as(answer.body()).isNotEqualTo("failed");
      assertThat(json.path("sql").asText()).isEqualTo(panel.sql());
    }
    JsonNode process =
        JSON.readTree(get(server, "/api/panel/process_facts?host=WS-BOB&pid=5252").body());
    assertThat(process.path("rows").get(0).get(0).asText()).isEqualTo("svchost.exe");
    assertThat(get(server, "/api/panel/process_facts?host=WS-BOB&pid=x").statusCode())
        .isEqualTo(400);
    assertThat(get(server, "/api/panel/unknown").body()).isEqualTo("No panel unknown\n");
    assertThat(get(server, "/../../etc/passwd").statusCode()).isEqualTo(404);
  }

  @Test
  void bytesComeOutOfTheEvidence() throws Exception {
    JsonNode hidden = JSON.readTree(get(server, "/api/panel/hidden").body());
    List<JsonNode> rows = Stream.of(hidden.path("rows").get(0)).toList();
    String path = rows.get(0).get(rows.get(0).size() - 1).asText();
    assertThat(path).startsWith("phys:0x");
    JsonNode page =
        JSON.readTree(get(server, "/api/bytes?host=WS-BOB&path=" + encoded(path)).body());
    assertThat(page.path("account").asText()).isEqualTo("in RAM");
    long offset = Long.parseLong(path.substring(7), 16) & ~0xFFFL;
    Path image =
        DemoLake.folder().resolveSibling("lake-evidence").resolve("WS-BOB").resolve("memory.raw");
    byte[] expected = new byte[4096];
    try (var in = Files.newInputStream(image)) {
      in.skipNBytes(offset);
      in.readNBytes(expected, 0, expected.length);
    }
    assertThat(java.util.HexFormat.of().parseHex(page.path("bytes").asText())).isEqualTo(expected);
    assertThat(get(server, "/api/bytes?host=NONE&path=phys:0x0").body()).startsWith("No host NONE");
    assertThat(get(server, "/api/bytes?host=WS-BOB&path=/etc/passwd").statusCode()).isEqualTo(400);
    JsonNode absent =
        JSON.readTree(get(server, "/api/bytes?host=WS-BOB&path=phys:0xffffff000000").body());
    assertThat(absent.path("bytes").isNull()).isTrue();
  }

  @Test
  void ownQuestionsNeedTheFlagAndOnlyRead() throws Exception {
    String count = "/api/sql?q=" + encoded("SELECT count(*) AS n FROM hosts");
    assertThat(get(server, count).statusCode()).isEqualTo(403);
    assertThat(JSON.readTree(get(withSql, count).body()).path("rows").get(0).get(0).asInt())
        .isEqualTo((int) DemoLake.snapshot().rows("hosts"));
    String copy = "/api/sql?q=" + encoded("COPY hosts TO '" + DemoLake.folder() + "/x.csv'");
    assertThat(get(withSql, copy).statusCode()).isEqualTo(400);
    assertThat(DemoLake.folder().resolve("x.csv")).doesNotExist();
  }

  @Test
  void rowsAreExportedForSpreadsheets() throws Exception {
    HttpResponse<String> csv = get(server, "/api/export/hidden");
    assertThat(csv.headers().firstValue("Content-Disposition").orElseThrow())
        .contains("hidden.csv");
    assertThat(csv.body().lines().toList().get(0)).startsWith("host,pid,ppid,image_file_name");
    assertThat(csv.body()).contains("WS-BOB,5252");
  }

  private static String statusWithHost(String host) throws IOException {
    URI address = uri(server, "/");
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET / HTTP/1.1\r\nHost: "
                  + host
                  + "\r\nCookie: "
                  + cookie(server)
                  + "\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  private static HttpResponse<String> get(DashboardServer to, String path) throws Exception {
    return send(asked(to, path));
  }

  private static HttpRequest.Builder asked(DashboardServer to, String path) {
    return HttpRequest.newBuilder(uri(to, path)).header("Cookie", cookie(to));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static URI uri(DashboardServer to, String path) {
    return URI.create(to.address().replaceFirst("/\\?.*", "") + path);
  }

  private static String cookie(DashboardServer to) {
    return "memlake_" + uri(to, "/").getPort() + "=" + token(to);
  }

  private static String token(DashboardServer of) {
    return of.address().replaceFirst(".*token=", "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
