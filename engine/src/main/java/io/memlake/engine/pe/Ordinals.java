package io.memlake.engine.pe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Names of functions of two libraries that programs import by number. */
final class Ordinals {
  /** The older sockets library numbers its functions as the newer one. */
  private static final Map<String, String> SAME = Map.of("wsock32", "ws2_32");

  private static final Map<String, String> NAMES = load();

  private Ordinals() {}

  /** The name behind a number, or {@code ord} and the number. */
  static String name(String module, int ordinal) {
    String key = SAME.getOrDefault(module, module) + '\t' + ordinal;
    return NAMES.getOrDefault(key, "ord" + ordinal);
  }

  private static Map<String, String> load() {
    try (InputStream in = Ordinals.class.getResourceAsStream("ordinals.tsv")) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its resource ordinals.tsv");
      }
      Map<String, String> names = new HashMap<>();
      new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int last = line.lastIndexOf('\t');
                names.put(line.substring(0, last), line.substring(last + 1));
              });
      return Map.copyOf(names);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource ordinals.tsv", e);
    }
  }
}
