package io.memlake.jobs.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final TickingClock clock = new TickingClock();

  @Test
  void plainLinesTellStagesAndNowAndThenHowFar() {
    run(new PlainView(err, clock));
    assertThat(lines())
        .containsExactly(
            "WS\\x1b01: chunks 4.0 GiB",
            "WS\\x1b01: chunks 3.0 GiB of 4.0 GiB, 256.0 MiB/s, 0:04 left",
            "WS\\x1b01: partial: no kernel");
  }

  @Test
  void jsonLinesAreObjectsWithNumbers() throws IOException {
    run(new JsonView(err, clock));
    List<String> lines = lines();
    ObjectMapper mapper = new ObjectMapper();
    JsonNode middle = mapper.readTree(lines.get(1));
    assertThat(middle.get("stage").asText()).isEqualTo("chunks");
    assertThat(middle.get("done").asLong()).isEqualTo(1L << 30);
    assertThat(middle.get("total").asLong()).isEqualTo(4L << 30);
    assertThat(middle.get("rate").asLong()).isPositive();
    JsonNode last = mapper.readTree(lines.get(lines.size() - 1));
    assertThat(last.get("status").asText()).isEqualTo("partial");
    assertThat(last.get("message").asText()).isEqualTo("no kernel");
  }

  @Test
  void theBarIsRedrawnInPlaceAndGoneInTheEnd() {
    run(new BarView(err, clock));
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(text)
        .contains("███████████████░░░░░")
        .contains("\u001b[1A\r\u001b[J")
        .contains("WS\\x1b01  partial: no kernel");
  }

  @Test
  void silenceIsSilent() {
    run(new SilentView());
    assertThat(bytes.size()).isZero();
  }

  private void run(ProgressView view) {
    try (Progress progress = new Progress(view, clock)) {
      progress.begin("WS\u001b01", "chunks", 4L << 30, "bytes");
      clock.pass(Duration.ofSeconds(4));
      progress.advance("WS\u001b01", 1L << 30);
      clock.pass(Duration.ofSeconds(8));
      progress.advance("WS\u001b01", 2L << 30);
      progress.end("WS\u001b01", "partial", "no kernel");
    }
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** A clock that the test moves. */
  private static final class TickingClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
