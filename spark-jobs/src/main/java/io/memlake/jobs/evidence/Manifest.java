package io.memlake.jobs.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.memlake.engine.objects.pagedout.PageFileRequest;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.OperatorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * A list of hosts in a file.
 *
 * <p>YAML: a list of entries, or a map whose {@code hosts} is one. CSV: a heading row, several
 * values of one cell separated by {@code ;}. Keys: {@code host}, {@code image}, {@code pagefiles},
 * {@code swapfile}, {@code minidumps} (dumps of single processes of the host), {@code symbols},
 * {@code acquired_at}, {@code tags}; the first two are needed. A page file may say its number:
 * {@code pagefile1=PATH}. Relative paths start at the manifest's own folder.
 */
final class Manifest {
  /** A fleet of a hundred thousand hosts fits; a memory image named .csv does not. */
  private static final int MAX_BYTES = 64 << 20;

  private static final Set<String> KEYS =
      Set.of(
          "host", "image", "pagefiles", "swapfile", "minidumps", "symbols", "acquired_at", "tags");

  private final Path file;

  private Manifest(Path file) {
    this.file = file;
  }

  static List<EvidenceSet> read(Path file, HadoopEvidence evidence) throws IOException {
    String text;
    try (InputStream in = file.getFileSystem(evidence.configuration()).open(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new OperatorException(
            "Manifest " + Locations.text(file) + " is larger than " + MAX_BYTES + " bytes");
      }
      text = new String(bytes, StandardCharsets.UTF_8);
    }
    Manifest manifest = new Manifest(file);
    List<Map<String, List<String>>> entries =
        file.getName().toLowerCase(java.util.Locale.ROOT).endsWith(".csv")
            ? manifest.csv(text)
            : manifest.yaml(text);
    List<EvidenceSet> sets = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      sets.add(manifest.set(i + 1, entries.get(i)));
    }
    return sets;
  }

  private List<Map<String, List<String>>> csv(String text) {
    List<List<String>> rows = CsvReader.read(text);
    List<Map<String, List<String>>> entries = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      Map<String, List<String>> entry = new LinkedHashMap<>();
      List<String> headings = rows.get(0);
      if (rows.get(i).size() > headings.size()) {
        throw wrong(i, "has more cells than the heading row");
      }
      for (int column = 0; column < rows.get(i).size(); column++) {
        entry.put(headings.get(column).strip(), split(rows.get(i).get(column)));
      }
      entries.add(entry);
    }
    return entries;
  }

  private static List<String> split(String cell) {
    return Arrays.stream(cell.split(";", -1))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private List<Map<String, List<String>>> yaml(String text) {
    JsonNode root;
    try {
      root = new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new OperatorException(
          "Manifest " + Locations.text(file) + " is not YAML: " + e.getOriginalMessage(), e);
    }
    JsonNode list = root.isObject() ? root.path("hosts") : root;
    if (!list.isArray()) {
      throw new OperatorException("Manifest " + Locations.text(file) + " holds no list of hosts");
    }
    List<Map<String, List<String>>> entries = new ArrayList<>();
    for (JsonNode node : list) {
      Map<String, List<String>> entry = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> property : node.properties()) {
        entry.put(property.getKey(), values(property.getValue()));
      }
      entries.add(entry);
    }
    return entries;
  }

  private static List<String> values(JsonNode node) {
    if (node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      return List.of(node.asText());
    }
    List<String> values = new ArrayList<>();
    node.forEach(element -> values.add(element.asText()));
    return values;
  }

  private EvidenceSet set(int number, Map<String, List<String>> entry) {
    for (String key : entry.keySet()) {
      if (!KEYS.contains(key)) {
        throw wrong(number, "has the unknown key " + key + "; known: " + sortedKeys());
      }
    }
    return new EvidenceSet(
        needed(number, entry, "host"),
        resolve(needed(number, entry, "image")),
        entry.getOrDefault("pagefiles", List.of()).stream()
            .map(text -> pageFile(number, text))
            .toList(),
        entry.getOrDefault("swapfile", List.of()).stream()
            .findFirst()
            .map(this::resolve)
            .orElse(""),
        entry.getOrDefault("symbols", List.of()).stream().map(this::resolve).toList(),
        time(number, entry.getOrDefault("acquired_at", List.of())),
        entry.getOrDefault("tags", List.of()),
        entry.getOrDefault("minidumps", List.of()).stream().map(this::resolve).toList());
  }

  private String needed(int number, Map<String, List<String>> entry, String key) {
    List<String> values = entry.getOrDefault(key, List.of());
    if (values.size() != 1 || values.get(0).isBlank()) {
      throw wrong(number, "needs one " + key);
    }
    return values.get(0);
  }

  private String time(int number, List<String> values) {
    if (values.isEmpty()) {
      return "";
    }
    String text = values.get(0);
    try {
      Instant time =
          text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
      return time.toString();
    } catch (DateTimeException e) {
      throw new OperatorException(
          "Entry "
              + number
              + " of "
              + Locations.text(file)
              + " has acquired_at "
              + text
              + "; accepted: ISO-8601 with a zone, for instance 2026-03-01T12:00:00Z",
          e);
    }
  }

  private String pageFile(int number, String text) {
    try {
      PageFileRequest request = PageFileRequest.parse(text);
      return request.at(resolve(request.path())).text();
    } catch (IllegalArgumentException e) {
      throw new OperatorException(
          "Entry " + number + " of " + Locations.text(file) + ": " + e.getMessage(), e);
    }
  }

  private String resolve(String location) {
    boolean relative =
        !location.startsWith("/") && !location.matches("[a-zA-Z][a-zA-Z0-9+.-]+:/.*");
    return relative ? Locations.text(new Path(file.getParent(), location)) : location;
  }

  private OperatorException wrong(int number, String what) {
    return new OperatorException("Entry " + number + " of " + Locations.text(file) + " " + what);
  }

  private static String sortedKeys() {
    return String.join(", ", KEYS.stream().sorted().toList());
  }
}
