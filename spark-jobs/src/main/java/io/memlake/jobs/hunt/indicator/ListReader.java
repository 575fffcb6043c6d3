package io.memlake.jobs.hunt.indicator;

import io.memlake.jobs.hunt.indicator.Indicator.Form;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads lists: one value a line, or CSV with a heading {@code
 * type,value[,description,severity,technique,source,expires]} in any order, or {@code type,value}
 * without one. Lines that begin with {@code #} or {@code ;} are remarks.
 */
final class ListReader {
  private static final List<String> COLUMNS =
      List.of("type", "value", "description", "severity", "technique", "tlp", "source", "expires");

  private final String name;
  private final IndicatorSet set;
  private final Instant now;
  private List<String> heading = List.of();

  ListReader(String name, IndicatorSet set, Instant now) {
    this.name = name;
    this.set = set;
    this.now = now;
  }

  void read(String text) {
    int number = 0;
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      String line = text.substring(at, end < 0 ? text.length() : end).strip();
      at = end < 0 ? text.length() : end + 1;
      number++;
      if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != ';') {
        line(line, name + ":" + number);
      }
    }
  }

  private void line(String line, String source) {
    if (line.length() > 16 * Indicator.MAX_LENGTH) {
      set.reject(source, "malformed", "the line has " + line.length() + " characters");
      return;
    }
    List<String> fields = fields(line);
    List<String> words =
        fields.stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).toList();
    if (heading.isEmpty() && words.contains("value") && COLUMNS.containsAll(words)) {
      heading = words;
      return;
    }
    if (!heading.isEmpty()) {
      row(fields, source);
    } else if (fields.size() >= 2 && IndicatorType.of(fields.get(0)).isPresent()) {
      add(
          fields.get(0),
          fields.get(1),
          fields.size() > 2 ? fields.get(2) : null,
          null,
          null,
          null,
          source);
    } else {
      add("", fields.size() == 1 ? fields.get(0) : line, null, null, null, null, source);
    }
  }

  private void row(List<String> fields, String source) {
    if (fields.size() > heading.size()) {
      set.reject(
          source, "malformed", fields.size() + " fields under " + heading.size() + " headings");
      return;
    }
    String from = field(fields, "source");
    add(
        Optional.ofNullable(field(fields, "type")).orElse(""),
        Optional.ofNullable(field(fields, "value")).orElse(""),
        field(fields, "description"),
        field(fields, "severity"),
        field(fields, "technique"),
        field(fields, "expires"),
        from == null ? source : source + " (" + from + ")");
  }

  private void add(
      String typeName,
      String raw,
      String description,
      String severity,
      String technique,
      String expires,
      String source) {
    Optional<IndicatorType> named = IndicatorType.of(typeName);
    if (!typeName.isBlank() && named.isEmpty()) {
      set.reject(source, "unsupported", "no such type: " + typeName.strip());
      return;
    }
    Form form = Form.EXACT;
    String value = raw.strip();
    if (named.isPresent() && value.length() > 2 && value.startsWith("/") && value.endsWith("/")) {
      form = Form.REGEX;
      value = value.substring(1, value.length() - 1);
    }
    boolean literal = form == Form.REGEX || value.indexOf('\\') >= 0;
    String refanged = literal ? value : Refang.of(value);
    Optional<IndicatorType> type = named.isPresent() ? named : TypeGuess.of(refanged);
    if (type.isEmpty()) {
      set.reject(source, "malformed", "no indicator of a known kind: " + brief(value));
      return;
    }
    if (type.get() == IndicatorType.IP_PORT) {
      refanged = refanged.replaceFirst(":(\\d+)$", "|$1");
    }
    if (form == Form.EXACT && wildcards(type.get(), refanged)) {
      form = Form.WILDCARD;
    }
    List<String> techniques =
        technique == null || technique.isBlank()
            ? List.of()
            : Arrays.asList(technique.strip().split("[ ;|]+"));
    set.add(
        new Indicator(
            type.get(),
            refanged,
            form,
            null,
            source,
            description,
            severity,
            techniques,
            expired(expires, source),
            null,
            1));
  }

  static boolean wildcards(IndicatorType type, String value) {
    return switch (type) {
      case FILE_PATH,
          FILE_NAME,
          PROCESS_NAME,
          COMMAND_LINE,
          MUTEX,
          NAMED_PIPE,
          DRIVER_NAME,
          REGISTRY_KEY,
          SERVICE_NAME ->
          value.indexOf('*') >= 0 || (value.indexOf('?') >= 0 && !value.startsWith("\\??\\"));
      default -> false;
    };
  }

  private boolean expired(String expires, String source) {
    if (expires == null || expires.isBlank()) {
      return false;
    }
    String text = expires.strip();
    try {
      Instant end =
          text.length() <= 10
              ? LocalDate.parse(text).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)
              : OffsetDateTime.parse(text).toInstant();
      return end.isBefore(now);
    } catch (DateTimeParseException e) {
      set.reject(source, "ignored", "no time: " + brief(text) + "; the indicator is searched");
      return false;
    }
  }

  private String field(List<String> fields, String column) {
    int at = heading.indexOf(column);
    return at < 0 || at >= fields.size() || fields.get(at).isBlank()
        ? null
        : fields.get(at).strip();
  }

  /** Fields of a CSV line; a quote that is never closed is part of the text. */
  static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted && c == '"') {
        if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
          field.append(c);
          i++;
        } else {
          quoted = false;
        }
      } else if (!quoted
          && c == '"'
          && field.toString().isBlank()
          && line.indexOf('"', i + 1) > 0) {
        quoted = true;
        field.setLength(0);
      } else if (!quoted && c == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private static String brief(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "…";
  }
}
