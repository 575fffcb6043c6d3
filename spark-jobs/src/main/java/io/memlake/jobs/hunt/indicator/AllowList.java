package io.memlake.jobs.hunt.indicator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Values that mean nothing: private addresses, public name servers, hashes of nothing. Further
 * lists come in the format of MISP's warning lists.
 */
public final class AllowList {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> PRIVATE =
      List.of(
          "10.0.0.0/8",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "0.0.0.0/8",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::1/128",
          "::/128",
          "fe80::/10",
          "fc00::/7",
          "ff00::/8");

  private static final List<String> NAME_SERVERS =
      List.of(
          "8.8.8.8",
          "8.8.4.4",
          "1.1.1.1",
          "1.0.0.1",
          "9.9.9.9",
          "149.112.112.112",
          "208.67.222.222",
          "208.67.220.220",
          "2001:4860:4860::8888",
          "2606:4700:4700::1111");

  private static final List<String> EMPTY_HASHES =
      List.of(
          "d41d8cd98f00b204e9800998ecf8427e",
          "da39a3ee5e6b4b0d3255bfef95601890afd80709",
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

  private static final List<String> DOMAINS =
      List.of(
          "microsoft.com",
          "windowsupdate.com",
          "windows.com",
          "office.com",
          "office365.com",
          "live.com",
          "msftconnecttest.com",
          "digicert.com",
          "google.com",
          "gstatic.com",
          "localhost",
          "w3.org",
          "xmlsoap.org",
          "verisign.com",
          "example.com");

  private final Map<String, String> ranges = new HashMap<>();
  private final Map<String, String> exact = new HashMap<>();
  private final Map<String, String> domains = new HashMap<>();
  private final Set<Integer> lengths = new HashSet<>();

  private AllowList() {}

  /** The lists that come with the program. */
  public static AllowList builtIn() {
    AllowList list = new AllowList();
    PRIVATE.forEach(range -> list.range(range, "private and special addresses"));
    NAME_SERVERS.forEach(address -> list.exact(address, "public name servers"));
    EMPTY_HASHES.forEach(hash -> list.exact(hash, "hashes of nothing"));
    DOMAINS.forEach(domain -> list.domains.put(domain, "domains of everybody"));
    return list;
  }

  /**
   * Adds a list in the format of MISP's warning lists, or a plain list of values.
   *
   * @throws IllegalArgumentException when it is neither, with the reason
   */
  public void add(Path file) throws IOException {
    String text = Files.readString(file);
    String name = String.valueOf(file.getFileName());
    if (!text.stripLeading().startsWith("{")) {
      text.lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(line -> value(Refang.of(line), name));
      return;
    }
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + ": " + e.getOriginalMessage(), e);
    }
    String title = root.path("name").asText(name);
    String type = root.path("type").asText("string");
    if (!root.path("list").isArray()) {
      throw new IllegalArgumentException(name + ": no list in it");
    }
    if (type.equals("regex") || type.equals("substring")) {
      throw new IllegalArgumentException(name + ": lists of type " + type + " are not supported");
    }
    for (JsonNode entry : root.get("list")) {
      String value = entry.asText("");
      if (type.equals("hostname")) {
        domains.put(value.toLowerCase(Locale.ROOT).replaceFirst("^\\.", ""), title);
      } else {
        value(value, title);
      }
    }
  }

  /** The list that holds an indicator, if one does. */
  public Optional<String> holds(Indicator indicator) {
    String value = Normal.forMatching(indicator.type(), indicator.value());
    return switch (indicator.type()) {
      case IPV4, IPV6 -> address(value);
      case IP_PORT -> address(value.substring(0, Math.max(0, value.lastIndexOf('|'))));
      case DOMAIN, HOSTNAME -> domain(value);
      case URL -> domain(hostOf(value));
      default -> Optional.ofNullable(exact.get(value));
    };
  }

  private Optional<String> address(String value) {
    String known = exact.get(value);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<String> bits = AddressRange.bits(value);
    return bits.flatMap(
        all ->
            lengths.stream()
                .filter(length -> length <= all.length())
                .map(length -> ranges.get(all.substring(0, length)))
                .filter(java.util.Objects::nonNull)
                .findFirst());
  }

  private Optional<String> domain(String value) {
    String name = value;
    while (!name.isEmpty()) {
      String known = domains.getOrDefault(name, exact.get(name));
      if (known != null) {
        return Optional.of(known);
      }
      int dot = name.indexOf('.');
      name = dot < 0 ? "" : name.substring(dot + 1);
    }
    return Optional.empty();
  }

  private void value(String value, String title) {
    if (AddressRange.parse(value).isPresent()) {
      range(value, title);
    } else {
      exact(value, title);
    }
  }

  private void range(String text, String title) {
    AddressRange.parse(text)
        .ifPresent(
            range -> {
              ranges.put(range.prefix(), title);
              lengths.add(range.prefix().length());
            });
  }

  private void exact(String value, String title) {
    exact.put(TypeGuess.isAddress(value) ? Normal.address(value) : Normal.lower(value), title);
  }

  private static String hostOf(String url) {
    int scheme = url.indexOf("://");
    String rest = scheme < 0 ? url : url.substring(scheme + 3);
    int end = 0;
    while (end < rest.length() && "/:?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(rest.indexOf('@') + 1 > end ? 0 : rest.indexOf('@') + 1, end);
  }
}
