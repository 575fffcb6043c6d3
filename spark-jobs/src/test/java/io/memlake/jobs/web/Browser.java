package io.memlake.jobs.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium, driven over its own debugging protocol. */
public final class Browser implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MILLIS = 60_000;
  private static final long ANSWER_SECONDS = 60;
  private static final long WAIT_MILLIS = 30_000;
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");

  private final Process process;
  private final Path profile;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> waiting;
  private final List<String> complaints;
  private int last;

  private Browser(Process process, Path profile, WebSocket socket, Messages messages) {
    this.process = process;
    this.profile = profile;
    this.socket = socket;
    this.waiting = messages.waiting;
    this.complaints = messages.complaints;
  }

  /** The program, if this machine has one. */
  public static Optional<Path> program() {
    String search = System.getenv().getOrDefault("PATH", "");
    return Stream.of(search.split(java.io.File.pathSeparator, -1))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts the program with an empty profile and no network services of its own. */
  public static Browser start() throws Exception {
    Path profile = Files.createTempDirectory("memlake-browser");
    Process process =
        new ProcessBuilder(
                program().orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1400,1000",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output.txt").toFile())
            .start();
    HttpClient client = HttpClient.newHttpClient();
    String port = awaitPort(profile);
    JsonNode pages =
        JSON.readTree(
            client
                .send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"))
                        .build(),
                    BodyHandlers.ofString())
                .body());
    String address = null;
    for (JsonNode page : pages) {
      if (page.path("type").asText().equals("page")) {
        address = page.path("webSocketDebuggerUrl").asText();
      }
    }
    Messages messages = new Messages();
    WebSocket socket =
        client.newWebSocketBuilder().buildAsync(URI.create(address), messages).join();
    Browser browser = new Browser(process, profile, socket, messages);
    browser.call("Page.enable", Map.of());
    browser.call("Runtime.enable", Map.of());
    browser.call("Log.enable", Map.of());
    return browser;
  }

  /** Opens an address and waits until its script says that it has drawn. */
  public void open(String address) throws Exception {
    complaints.clear();
    // Only another document starts a script again; a new fragment does not.
    call("Page.navigate", Map.of("url", "about:blank"));
    await("location.href === 'about:blank'");
    call("Page.navigate", Map.of("url", address));
    await("document.documentElement && document.documentElement.dataset.ready === 'true'");
  }

  /** Evaluates an expression; a promise is waited for. */
  public JsonNode eval(String expression) throws Exception {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.path("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Waits until an expression is true. */
  public void await(String condition) throws Exception {
    long end = System.currentTimeMillis() + WAIT_MILLIS;
    while (!eval("Boolean(" + condition + ")").asBoolean()) {
      if (System.currentTimeMillis() > end) {
        throw new AssertionError("Never true: " + condition + "; complaints: " + complaints);
      }
      Thread.sleep(25);
    }
  }

  /** Presses a key, which types a character when it is one. */
  public void press(String key) throws Exception {
    ObjectNode down = JSON.createObjectNode().put("type", "keyDown").put("key", key);
    if (key.length() == 1) {
      down.put("text", key);
    }
    call("Input.dispatchKeyEvent", down);
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  /** Chooses light or dark. */
  public void prefer(String scheme) throws Exception {
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A picture of the window as PNG. */
  public byte[] picture() throws Exception {
    return Base64.getDecoder()
        .decode(call("Page.captureScreenshot", Map.of("format", "png")).path("data").asText());
  }

  /** Errors of scripts, of the console and of the page's policy since it was opened. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  private JsonNode call(String method, Object parameters) throws Exception {
    int id = ++last;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    socket.sendText(JSON.writeValueAsString(message), true).join();
    return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
  }

  private static String awaitPort(Path profile) throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    long end = System.currentTimeMillis() + START_MILLIS;
    while (System.currentTimeMillis() < end) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return lines.get(0);
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError(
        "Chromium did not start: " + Files.readString(profile.resolve("output.txt")));
  }

  /** Sorts what the browser sends into answers and complaints. */
  private static final class Messages implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<CharSequence> parts = new ArrayList<>();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
      parts.add(data.toString());
      if (whole) {
        String text = String.join("", parts);
        parts.clear();
        try {
          take(JSON.readTree(text));
        } catch (IOException e) {
          complaints.add(e.toString());
        }
      }
      from.request(1);
      return null;
    }

    private void take(JsonNode message) {
      if (message.has("id")) {
        CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
        if (answer != null) {
          answer.complete(message.path("result"));
        }
        return;
      }
      String method = message.path("method").asText();
      JsonNode parameters = message.path("params");
      boolean bad =
          method.equals("Runtime.exceptionThrown")
              || (method.equals("Runtime.consoleAPICalled")
                  && parameters.path("type").asText().equals("error"))
              || (method.equals("Log.entryAdded")
                  && parameters.path("entry").path("level").asText().equals("error"));
      if (bad) {
        complaints.add(parameters.toString());
      }
    }
  }
}
