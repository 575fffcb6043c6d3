package io.memlake.jobs.hunt.sigma;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A condition in SQL, or the fields without which it cannot be told. An alternative that cannot be
 * told is left out of a disjunction and its fields are kept, so that the gap is named.
 *
 * @param sql the condition; null when it cannot be told
 * @param missing fields that this lake's tables do not have
 */
record SigmaExpression(String sql, Set<String> missing) {

  static SigmaExpression of(String sql) {
    return new SigmaExpression(sql, Set.of());
  }

  static SigmaExpression unknown(String field) {
    return new SigmaExpression(null, Set.of(field));
  }

  boolean isKnown() {
    return sql != null;
  }

  SigmaExpression not() {
    return isKnown() ? new SigmaExpression("NOT coalesce(" + sql + ", false)", missing) : this;
  }

  static SigmaExpression all(List<SigmaExpression> parts) {
    boolean known = parts.stream().allMatch(SigmaExpression::isKnown);
    return new SigmaExpression(known ? join(parts, " AND ") : null, missing(parts));
  }

  static SigmaExpression any(List<SigmaExpression> parts) {
    List<SigmaExpression> known = parts.stream().filter(SigmaExpression::isKnown).toList();
    return new SigmaExpression(known.isEmpty() ? null : join(known, " OR "), missing(parts));
  }

  private static String join(List<SigmaExpression> parts, String word) {
    return parts.size() == 1
        ? parts.get(0).sql()
        : parts.stream()
            .map(part -> "coalesce(" + part.sql() + ", false)")
            .collect(Collectors.joining(word, "(", ")"));
  }

  private static Set<String> missing(List<SigmaExpression> parts) {
    Set<String> fields = new TreeSet<>();
    parts.forEach(part -> fields.addAll(part.missing()));
    return fields;
  }
}
