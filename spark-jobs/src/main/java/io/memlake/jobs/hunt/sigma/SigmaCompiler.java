package io.memlake.jobs.hunt.sigma;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compiles the detection of a rule to Spark SQL over the relation of its log source. */
final class SigmaCompiler {
  /** Function that matches regular expressions in linear time; see {@code SigmaFunctions}. */
  static final String RE2 = "memlake_re2";

  /** Function that tells whether an address lies in a range. */
  static final String CIDR = "memlake_cidr";

  private static final Set<String> MODIFIERS =
      Set.of(
          "contains",
          "startswith",
          "endswith",
          "all",
          "re",
          "i",
          "m",
          "s",
          "cased",
          "cidr",
          "base64",
          "base64offset",
          "wide",
          "utf16le",
          "windash",
          "exists",
          "lt",
          "lte",
          "gt",
          "gte");

  private static final int MAX_VALUES = 20_000;

  private final Map<String, String> fields;
  private final TreeSet<String> used = new TreeSet<>();

  private SigmaCompiler(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * A compiled rule.
   *
   * @param expression the condition
   * @param used fields that it reads, sorted
   */
  record Compiled(SigmaExpression expression, List<String> used) {}

  /**
   * Compiles a rule.
   *
   * @throws IllegalArgumentException when the rule is wrong or uses what is not supported
   */
  static Compiled compile(SigmaRule rule, Map<String, String> fields) {
    SigmaCompiler compiler = new SigmaCompiler(fields);
    JsonNode detection = rule.detection();
    List<String> searches = new ArrayList<>();
    detection
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("condition") && !name.equals("timeframe")) {
                searches.add(name);
              }
            });
    if (detection.has("timeframe")) {
      throw new IllegalArgumentException("a time frame: memory shows one moment");
    }
    JsonNode condition = detection.path("condition");
    List<SigmaExpression> alternatives = new ArrayList<>();
    for (JsonNode text : condition.isArray() ? condition : List.of(condition)) {
      alternatives.add(
          SigmaCondition.compile(
              text.asText(""), searches, name -> compiler.search(detection.get(name))));
    }
    return new Compiled(SigmaExpression.any(alternatives), List.copyOf(compiler.used));
  }

  private SigmaExpression search(JsonNode search) {
    if (search.isObject()) {
      List<SigmaExpression> parts = new ArrayList<>();
      search.properties().forEach(e -> parts.add(field(e.getKey(), e.getValue())));
      return SigmaExpression.all(parts);
    }
    if (search.isArray() && !search.isEmpty()) {
      List<SigmaExpression> parts = new ArrayList<>();
      for (JsonNode part : search) {
        if (!part.isObject()) {
          throw new IllegalArgumentException("words without a field: rows are no text");
        }
        parts.add(search(part));
      }
      return SigmaExpression.any(parts);
    }
    throw new IllegalArgumentException("words without a field: rows are no text");
  }

  private SigmaExpression field(String key, JsonNode values) {
    List<String> words = Arrays.asList(key.split("\\|"));
    String name = words.get(0);
    List<String> modifiers = words.subList(1, words.size());
    for (String modifier : modifiers) {
      if (!MODIFIERS.contains(modifier)) {
        throw new IllegalArgumentException("modifier " + modifier);
      }
    }
    String column = fields.get(name);
    if (column == null) {
      return SigmaExpression.unknown(name);
    }
    used.add(name);
    if (modifiers.contains("exists")) {
      boolean there = values.asBoolean(true);
      return SigmaExpression.of(column + (there ? " IS NOT NULL" : " IS NULL"));
    }
    List<SigmaExpression> parts = new ArrayList<>();
    for (JsonNode value : values.isArray() ? values : List.of(values)) {
      parts.add(SigmaExpression.of(value(column, value, modifiers)));
    }
    if (parts.isEmpty() || parts.size() > MAX_VALUES) {
      throw new IllegalArgumentException(parts.size() + " values of " + name);
    }
    return modifiers.contains("all") ? SigmaExpression.all(parts) : SigmaExpression.any(parts);
  }

  private static String value(String column, JsonNode value, List<String> modifiers) {
    if (value.isNull()) {
      return "(" + column + " IS NULL)";
    }
    String text = value.asText();
    String asText = "CAST(" + column + " AS STRING)";
    for (String comparison : List.of("lt", "lte", "gt", "gte")) {
      if (modifiers.contains(comparison)) {
        String sign = comparison.startsWith("l") ? "<" : ">";
        return "(CAST("
            + column
            + " AS DOUBLE) "
            + sign
            + (comparison.length() == 3 ? "= " : " ")
            + number(text)
            + ")";
      }
    }
    if (modifiers.contains("re")) {
      String flags = modifiers.contains("i") ? "(?i)" : "";
      try {
        com.google.re2j.Pattern.compile(flags + text);
      } catch (com.google.re2j.PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "regular expression that RE2 does not have: " + e.getDescription(), e);
      }
      return RE2 + "(" + asText + ", " + SigmaText.literal(flags + text) + ")";
    }
    if (modifiers.contains("cidr")) {
      return CIDR + "(" + asText + ", " + SigmaText.literal(text) + ")";
    }
    List<String> variants = new ArrayList<>();
    for (String plain : encoded(text, modifiers)) {
      variants.add(SigmaText.like(asText, plain, modifiers));
    }
    return variants.size() == 1 ? variants.get(0) : "(" + String.join(" OR ", variants) + ")";
  }

  /** The value in all encodings that the modifiers ask for. */
  private static List<String> encoded(String text, List<String> modifiers) {
    if (modifiers.contains("windash")) {
      return List.of(text, text.replace("-", "/"), text.replace('/', '-')).stream()
          .distinct()
          .toList();
    }
    boolean wide = modifiers.contains("wide") || modifiers.contains("utf16le");
    byte[] bytes = text.getBytes(wide ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    if (modifiers.contains("base64")) {
      return List.of(SigmaText.escape(Base64.getEncoder().encodeToString(bytes)));
    }
    if (!modifiers.contains("base64offset")) {
      return List.of(text);
    }
    List<String> offsets = new ArrayList<>();
    int[] starts = {0, 2, 3};
    int[] ends = {0, 3, 2};
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[bytes.length + shift];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String all = Base64.getEncoder().encodeToString(shifted);
      int cut = ends[shifted.length % 3];
      offsets.add(SigmaText.escape(all.substring(starts[shift], all.length() - cut)));
    }
    return offsets;
  }

  private static String number(String text) {
    try {
      return Double.toString(Double.parseDouble(text)) + "D";
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a number: " + text, e);
    }
  }
}
