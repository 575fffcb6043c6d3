package io.memlake.jobs.hunt.sigma;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.jobs.hunt.run.Coverage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads rules from files and folders; what is no rule is told with file and reason. */
final class SigmaFiles {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Pattern TECHNIQUE = Pattern.compile("attack[._-]t(\\d{4}(?:\\.\\d{3})?)");
  private static final long MAX_BYTES = 4L << 20;
  private static final int MAX_RULES = 50_000;

  private final List<SigmaRule> rules = new ArrayList<>();
  private final List<Coverage> rejected = new ArrayList<>();

  List<SigmaRule> rules() {
    return rules;
  }

  List<Coverage> rejected() {
    return rejected;
  }

  /** Reads a file, or all {@code .yml} and {@code .yaml} files below a folder in sorted order. */
  void read(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      file(path, String.valueOf(path.getFileName()));
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file :
          files
              .filter(Files::isRegularFile)
              .filter(name -> name.toString().matches(".*\\.ya?ml"))
              .sorted()
              .toList()) {
        file(file, path.relativize(file).toString().replace('\\', '/'));
      }
    }
  }

  private void file(Path file, String name) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      reject(name, "skipped", "it has more than " + MAX_BYTES + " bytes");
      return;
    }
    text(name, Files.readString(file));
  }

  void text(String name, String text) {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (rules.size() >= MAX_RULES) {
          reject(name, "skipped", "more than " + MAX_RULES + " rules");
          return;
        }
        document(name, document);
      }
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      reject(name, "malformed", "not YAML" + where + ": " + firstLine(e.getOriginalMessage()));
    } catch (IOException | RuntimeException e) {
      reject(name, "malformed", "not YAML: " + firstLine(String.valueOf(e.getMessage())));
    }
  }

  private void document(String name, JsonNode root) {
    if (root.has("correlation")) {
      reject(name, "unsupported", "correlations over time: memory shows one moment");
      return;
    }
    if (!root.path("detection").isObject() || !root.path("logsource").isObject()) {
      reject(name, "malformed", "no detection or no logsource");
      return;
    }
    String status = root.path("status").asText(null);
    if ("deprecated".equals(status) || "unsupported".equals(status)) {
      reject(name, "skipped", "the rule says that it is " + status);
      return;
    }
    TreeSet<String> techniques = new TreeSet<>();
    for (JsonNode tag : root.path("tags")) {
      Matcher technique = TECHNIQUE.matcher(tag.asText().toLowerCase(Locale.ROOT));
      if (technique.matches()) {
        techniques.add("T" + technique.group(1));
      }
    }
    JsonNode source = root.get("logsource");
    String level = root.path("level").asText("medium").toLowerCase(Locale.ROOT);
    rules.add(
        new SigmaRule(
            root.path("id").asText(name),
            root.path("title").asText(name),
            Severity.of(level).isPresent() ? level : "medium",
            status,
            List.copyOf(techniques),
            source.path("category").asText(""),
            source.path("product").asText(""),
            source.path("service").asText(""),
            root.get("detection"),
            name));
  }

  private void reject(String item, String status, String reason) {
    rejected.add(Coverage.of("sigma", item, status, reason, 1, 0, 0));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
