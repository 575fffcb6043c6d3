package io.memlake.jobs.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Who may ask. Other users of the machine lack the token; pages of other sites send another origin,
 * and those that point a name of theirs at the loopback address send that name as host.
 */
final class Gate {
  private static final int TOKEN_BYTES = 24;

  private final byte[] token;
  private final String cookieName;
  private final Set<String> hosts;

  Gate(String token, int port) {
    this.token = token.getBytes(StandardCharsets.US_ASCII);
    // Cookies do not tell ports apart.
    this.cookieName = "memlake_" + port;
    this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
  }

  /** A token nobody can guess. */
  static String newToken() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Why the request is turned away before anything else, or 0. */
  int refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    if (!exchange.getRequestMethod().equals("GET")) {
      return 405;
    }
    String host = headers.getFirst("Host");
    if (host == null || !hosts.contains(host)) {
      return 421;
    }
    String site = headers.getFirst("Sec-Fetch-Site");
    boolean foreign = site != null && !Set.of("same-origin", "none").contains(site);
    boolean opened = "navigate".equals(headers.getFirst("Sec-Fetch-Mode"));
    return foreign && !opened ? 403 : 0;
  }

  /** Whether the request carries the token as its cookie. */
  boolean knows(HttpExchange exchange) {
    List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
    return cookies.stream()
        .flatMap(header -> Arrays.stream(header.split(";", -1)))
        .map(String::strip)
        .filter(cookie -> cookie.startsWith(cookieName + "="))
        .anyMatch(cookie -> matches(cookie.substring(cookieName.length() + 1)));
  }

  /** Whether {@code given} is the token; takes as long whether or not it is. */
  boolean matches(String given) {
    return given != null && MessageDigest.isEqual(token, given.getBytes(StandardCharsets.US_ASCII));
  }

  /** The cookie for whoever came with the token. */
  String cookie() {
    return cookieName
        + "="
        + new String(token, StandardCharsets.US_ASCII)
        + "; HttpOnly; SameSite=Strict; Path=/";
  }
}
