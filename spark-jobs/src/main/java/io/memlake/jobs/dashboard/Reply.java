package io.memlake.jobs.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes answers with the headers that all of them carry. */
final class Reply {
  private static final int NO_BODY = -1;

  private Reply() {}

  /** Writes the body of an answer as text. */
  @FunctionalInterface
  interface Body {
    void write(Writer out) throws IOException;
  }

  /** Writes the body of an answer as bytes. */
  @FunctionalInterface
  interface RawBody {
    void write(OutputStream out) throws IOException;
  }

  static void text(HttpExchange exchange, int status, String text) throws IOException {
    headers(exchange, "text/plain; charset=utf-8");
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  static void stream(HttpExchange exchange, String type, Body body) throws IOException {
    bytes(
        exchange,
        type,
        out -> {
          Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          body.write(writer);
          writer.flush();
        });
  }

  static void bytes(HttpExchange exchange, String type, RawBody body) throws IOException {
    headers(exchange, type);
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      body.write(out);
    }
  }

  static void redirect(HttpExchange exchange, String to, String cookie) throws IOException {
    headers(exchange, "text/plain; charset=utf-8");
    exchange.getResponseHeaders().set("Set-Cookie", cookie);
    exchange.getResponseHeaders().set("Location", to);
    exchange.sendResponseHeaders(303, NO_BODY);
    exchange.close();
  }

  private static void headers(HttpExchange exchange, String type) {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    // A page brings a policy of its own; all else may do nothing.
    headers.putIfAbsent(
        "Content-Security-Policy", java.util.List.of("default-src 'none'; frame-ancestors 'none'"));
  }
}
