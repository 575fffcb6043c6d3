package io.memlake.jobs.hunt.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a rule from YAML. */
final class RuleReader {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Set<String> KEYS =
      Set.of(
          "uid",
          "version",
          "title",
          "severity",
          "confidence",
          "analytic",
          "entity",
          "techniques",
          "tables",
          "fleet_wide",
          "false_positive",
          "next_steps",
          "query");

  private RuleReader() {}

  /**
   * The rule in {@code text}.
   *
   * @throws IllegalArgumentException when it is not one, with {@code name} and the reason
   */
  static Rule read(String name, String text) {
    try {
      JsonNode root = YAML.readTree(text);
      root.fieldNames()
          .forEachRemaining(
              key -> {
                if (!KEYS.contains(key)) {
                  throw new IllegalArgumentException("unknown key " + key);
                }
              });
      return new Rule(
          text(root, "uid"),
          text(root, "version"),
          text(root, "title"),
          severity(text(root, "severity")),
          root.path("confidence").asInt(100),
          text(root, "analytic"),
          text(root, "entity"),
          list(root.path("techniques")),
          list(root.path("tables")),
          optional(root, "fleet_wide").map(RuleReader::severity),
          optional(root, "false_positive"),
          list(root.path("next_steps")),
          QueryMacros.expand(text(root, "query")));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Rule " + name + ": " + e.getMessage().lines().findFirst().orElse(""), e);
    }
  }

  private static String text(JsonNode root, String key) {
    return optional(root, key).orElseThrow(() -> new IllegalArgumentException("it has no " + key));
  }

  private static Optional<String> optional(JsonNode root, String key) {
    return root.hasNonNull(key) ? Optional.of(root.get(key).asText()) : Optional.empty();
  }

  private static Severity severity(String word) {
    return Severity.of(word)
        .orElseThrow(() -> new IllegalArgumentException("no such severity: " + word));
  }

  private static List<String> list(JsonNode node) {
    List<String> values = new ArrayList<>();
    node.forEach(element -> values.add(element.asText()));
    return values;
  }
}
