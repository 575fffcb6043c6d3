package io.memlake.jobs.hunt.indicator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.memlake.jobs.hunt.indicator.Indicator.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads MISP events, as the server and as feeds write them. Fields: misp-core-format. */
final class MispReader {
  private static final Pattern TECHNIQUE = Pattern.compile("\\b(T\\d{4}(?:\\.\\d{3})?)\\b");

  /** Composite types whose parts are indicators by themselves; both must be on one host. */
  private static final Map<String, String[]> PARTS =
      Map.of(
          "filename|md5", new String[] {"filename", "md5"},
          "filename|sha1", new String[] {"filename", "sha1"},
          "filename|sha256", new String[] {"filename", "sha256"},
          "filename|imphash", new String[] {"filename", "imphash"},
          "domain|ip", new String[] {"domain", "ip-dst"},
          "hostname|port", new String[] {"hostname", ""});

  private final String name;
  private final IndicatorSet set;

  MispReader(String name, IndicatorSet set) {
    this.name = name;
    this.set = set;
  }

  static boolean accepts(JsonNode root) {
    JsonNode first = root.isArray() && !root.isEmpty() ? root.get(0) : root;
    return first.has("Event") || first.has("Attribute") || first.path("response").isContainerNode();
  }

  void read(JsonNode root) {
    if (root.isArray()) {
      root.forEach(this::read);
    } else if (root.path("response").isContainerNode()) {
      read(root.get("response"));
    } else if (root.has("Event")) {
      event(root.get("Event"));
    } else {
      event(root);
    }
  }

  private void event(JsonNode event) {
    if (!event.isObject()) {
      set.reject(name, "malformed", "an event that is no object");
      return;
    }
    String info = event.path("info").asText("");
    List<String> techniques = techniques(event);
    String severity = severity(event.path("threat_level_id").asText(""));
    for (JsonNode attribute : list(event, "Attribute")) {
      attribute(attribute, info, severity, techniques);
    }
    for (JsonNode object : list(event, "Object")) {
      for (JsonNode attribute : list(object, "Attribute")) {
        attribute(attribute, info, severity, techniques);
      }
    }
  }

  /** The members of a list; what is there and no list is told. */
  private JsonNode list(JsonNode parent, String member) {
    JsonNode list = parent.path(member);
    if (!parent.isObject() || !(list.isArray() || list.isMissingNode() || list.isNull())) {
      set.reject(name, "malformed", member + " is no list");
    }
    return list.isArray() ? list : MissingNode.getInstance();
  }

  private void attribute(
      JsonNode attribute, String info, String severity, List<String> eventTechniques) {
    if (!attribute.isObject()) {
      set.reject(name, "malformed", "an attribute that is no object");
      return;
    }
    String id = attribute.path("uuid").asText(null);
    String source = name + "#" + (id == null ? attribute.path("id").asText("?") : id);
    String type = attribute.path("type").asText("");
    String value = attribute.path("value").asText("");
    if (type.isEmpty() || value.isEmpty()) {
      set.reject(source, "malformed", "an attribute without a type or a value");
      return;
    }
    if (attribute.path("deleted").asBoolean(false)) {
      set.reject(source, "skipped", "it is deleted");
      return;
    }
    if (!attribute.path("to_ids").asBoolean(true)) {
      set.reject(source, "skipped", "the source says that it is for people only (to_ids)");
      return;
    }
    String comment = attribute.path("comment").asText("");
    String description = comment.isBlank() ? info : comment + "; " + info;
    List<String> techniques = new ArrayList<>(techniques(attribute));
    techniques.addAll(eventTechniques);
    String[] parts = PARTS.get(type);
    int bar = value.indexOf('|');
    if (parts != null && bar > 0) {
      String[] values = {value.substring(0, bar), value.substring(bar + 1)};
      List<Indicator> group = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        if (!parts[i].isEmpty()) {
          indicator(parts[i], values[i], id, source, description, severity, techniques)
              .ifPresent(group::add);
        }
      }
      // A file's name with a hash that memory cannot show is still worth looking for by name.
      group.forEach(set::add);
      return;
    }
    indicator(type, value, id, source, description, severity, techniques).ifPresent(set::add);
  }

  private Optional<Indicator> indicator(
      String type,
      String value,
      String id,
      String source,
      String description,
      String severity,
      List<String> techniques) {
    if (type.equals("yara") || type.equals("sigma") || type.equals("snort")) {
      set.reject(source, "unsupported", "a rule inside of an event; give it with --" + type);
      return Optional.empty();
    }
    Optional<IndicatorType> known = IndicatorType.of(type);
    if (known.isEmpty()) {
      set.reject(source, "unsupported", "no such type: " + type);
      return Optional.empty();
    }
    IndicatorType kind = known.get();
    String plain = value.indexOf('\\') >= 0 ? value.strip() : Refang.of(value);
    if ((kind == IndicatorType.IPV4) && plain.indexOf(':') >= 0) {
      kind = IndicatorType.IPV6;
    }
    if ((kind == IndicatorType.IPV4 || kind == IndicatorType.IPV6) && plain.indexOf('/') > 0) {
      kind = IndicatorType.CIDR;
    }
    Form form = ListReader.wildcards(kind, plain) ? Form.WILDCARD : Form.EXACT;
    return Optional.of(
        new Indicator(
            kind,
            plain,
            form,
            id,
            source,
            description,
            severity,
            List.copyOf(techniques),
            false,
            null,
            1));
  }

  private static List<String> techniques(JsonNode tagged) {
    List<String> techniques = new ArrayList<>();
    for (JsonNode tag : tagged.path("Tag")) {
      String text = tag.path("name").asText("");
      Matcher technique = TECHNIQUE.matcher(text);
      if (text.contains("mitre-attack") && technique.find()) {
        techniques.add(technique.group(1));
      }
    }
    return techniques;
  }

  private static String severity(String threatLevel) {
    return switch (threatLevel) {
      case "1" -> "high";
      case "2" -> "medium";
      case "3" -> "low";
      default -> null;
    };
  }
}
