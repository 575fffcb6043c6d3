package io.memlake.jobs.hunt.indicator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the indicators of a STIX 2.0 or 2.1 bundle with the techniques they indicate. */
final class StixReader {
  private final String name;
  private final IndicatorSet set;
  private final Instant now;

  StixReader(String name, IndicatorSet set, Instant now) {
    this.name = name;
    this.set = set;
    this.now = now;
  }

  static boolean accepts(JsonNode root) {
    return root.path("type").asText("").equals("bundle")
        || root.path("type").asText("").equals("indicator")
        || (root.isArray() && !root.isEmpty() && root.get(0).has("pattern"));
  }

  void read(JsonNode root) {
    JsonNode objects = root.isArray() ? root : root.has("objects") ? root.get("objects") : null;
    if (objects == null) {
      indicator(root, Map.of());
      return;
    }
    if (!objects.isArray()) {
      set.reject(name, "malformed", "objects is no list");
      return;
    }
    Map<String, List<String>> techniques = techniques(objects);
    for (JsonNode object : objects) {
      String type = object.path("type").asText("");
      if (type.equals("indicator")) {
        indicator(object, techniques);
      } else if (type.isEmpty()) {
        set.reject(name, "malformed", "an object without a type");
      }
    }
  }

  private void indicator(JsonNode object, Map<String, List<String>> techniques) {
    String id = object.path("id").asText("?");
    String source = name + "#" + id;
    String language = object.path("pattern_type").asText("stix");
    if (!language.equals("stix")) {
      set.reject(source, "unsupported", "a pattern in " + language + "; give it by its own option");
      return;
    }
    if (object.path("revoked").asBoolean(false)) {
      set.reject(source, "skipped", "it is revoked");
      return;
    }
    boolean expired = false;
    String until = object.path("valid_until").asText("");
    if (!until.isEmpty()) {
      try {
        expired = OffsetDateTime.parse(until).toInstant().isBefore(now);
      } catch (DateTimeException e) {
        set.reject(source, "ignored", "no time: " + until + "; the indicator is searched");
      }
    }
    StixPattern pattern;
    try {
      pattern = StixPattern.parse(object.path("pattern").asText(""));
    } catch (IllegalArgumentException e) {
      set.reject(source, "malformed", e.getMessage());
      return;
    }
    for (String remark : pattern.remarks()) {
      set.reject(source, "ignored", remark);
    }
    String description = object.path("name").asText(object.path("description").asText(null));
    int number = 0;
    for (List<StixPattern.Comparison> together : pattern.alternatives()) {
      List<Indicator> group = new ArrayList<>();
      for (StixPattern.Comparison comparison : together) {
        StixPaths.indicator(comparison)
            .ifPresentOrElse(
                found -> group.add(found),
                () ->
                    set.reject(
                        source,
                        "unsupported",
                        "nothing in the tables stands for " + comparison.path()));
      }
      String groupName = group.size() > 1 ? source + "/" + number++ : null;
      for (Indicator found : group) {
        set.add(
            new Indicator(
                found.type(),
                found.value(),
                found.form(),
                id,
                source,
                description,
                null,
                techniques.getOrDefault(id, List.of()),
                expired,
                groupName,
                group.size()));
      }
    }
  }

  /** Techniques by indicator: relationships to attack-patterns, and kill-chain references. */
  private static Map<String, List<String>> techniques(JsonNode objects) {
    Map<String, String> patterns = new HashMap<>();
    for (JsonNode object : objects) {
      if (object.path("type").asText("").equals("attack-pattern")) {
        for (JsonNode reference : object.path("external_references")) {
          if (reference.path("source_name").asText("").equals("mitre-attack")) {
            patterns.put(object.path("id").asText(), reference.path("external_id").asText());
          }
        }
      }
    }
    Map<String, List<String>> techniques = new HashMap<>();
    for (JsonNode object : objects) {
      String target = patterns.get(object.path("target_ref").asText(""));
      if (object.path("type").asText("").equals("relationship") && target != null) {
        techniques
            .computeIfAbsent(object.path("source_ref").asText(), key -> new ArrayList<>())
            .add(target);
      }
    }
    return techniques;
  }
}
