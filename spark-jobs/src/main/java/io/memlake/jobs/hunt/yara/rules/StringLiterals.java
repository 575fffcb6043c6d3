package io.memlake.jobs.hunt.yara.rules;

import io.memlake.jobs.hunt.yara.rules.RuleToken.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds literals, one of which is there wherever a string of a rule matches. */
final class StringLiterals {
  /** Bytes below which a literal is everywhere. */
  static final int MIN_BYTES = 4;

  private StringLiterals() {}

  /**
   * The literals of a string; empty when it can match without any.
   *
   * @param definition pieces of what stands behind the equals sign
   */
  static Optional<List<Literal>> of(List<RuleToken> definition) {
    if (definition.isEmpty()) {
      return Optional.empty();
    }
    RuleToken value = definition.get(0);
    Modifiers modifiers = Modifiers.of(definition.subList(1, definition.size()));
    Optional<List<Literal>> found =
        switch (value.kind()) {
          case TEXT -> text(value.text(), modifiers);
          case REGEX ->
              RegexLiterals.of(value.text(), modifiers.names().contains("nocase"))
                  .map(literals -> spelled(literals, modifiers.names()));
          case HEX -> HexLiterals.of(value.text()).map(List::of);
          default -> Optional.empty();
        };
    return found.filter(
        literals ->
            !literals.isEmpty()
                && literals.stream().allMatch(literal -> literal.bytes().length >= MIN_BYTES));
  }

  private static Optional<List<Literal>> text(String quoted, Modifiers modifiers) {
    byte[] bytes = unquoted(quoted);
    Set<String> names = modifiers.names();
    if (names.contains("base64") || names.contains("base64wide")) {
      return modifiers.plain() ? base64(bytes, names) : Optional.empty();
    }
    List<Literal> literals = spelled(List.of(new Literal(bytes, names.contains("nocase"))), names);
    if (!names.contains("xor")) {
      return Optional.of(literals);
    }
    List<Literal> keyed = new ArrayList<>();
    for (int key = modifiers.firstKey(); key <= modifiers.lastKey(); key++) {
      for (Literal literal : literals) {
        byte[] changed = literal.bytes().clone();
        for (int i = 0; i < changed.length; i++) {
          changed[i] ^= (byte) key;
        }
        keyed.add(new Literal(changed, false));
      }
    }
    return Optional.of(keyed);
  }

  private static List<Literal> spelled(List<Literal> literals, Set<String> names) {
    List<Literal> spelled = new ArrayList<>();
    for (Literal literal : literals) {
      if (!names.contains("wide") || names.contains("ascii")) {
        spelled.add(literal);
      }
      if (names.contains("wide")) {
        spelled.add(literal.wide());
      }
    }
    return spelled;
  }

  /** The three ways in which bytes stand in base 64, without the digits that neighbours change. */
  private static Optional<List<Literal>> base64(byte[] bytes, Set<String> names) {
    List<Literal> literals = new ArrayList<>();
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      String digits =
          new String(
              Base64.getEncoder().withoutPadding().encode(shifted), StandardCharsets.ISO_8859_1);
      int from = shift == 0 ? 0 : shift + 1;
      int to = digits.length() - (shifted.length % 3 == 0 ? 0 : 1);
      if (to - from < MIN_BYTES) {
        return Optional.empty();
      }
      Literal plain =
          new Literal(digits.substring(from, to).getBytes(StandardCharsets.ISO_8859_1), false);
      if (names.contains("base64")) {
        literals.add(plain);
      }
      if (names.contains("base64wide")) {
        literals.add(plain.wide());
      }
    }
    return Optional.of(literals);
  }

  private static byte[] unquoted(String quoted) {
    byte[] raw = quoted.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int end = raw.length > 1 && raw[raw.length - 1] == '"' ? raw.length - 1 : raw.length;
    for (int i = 1; i < end; i++) {
      if (raw[i] != '\\' || i + 1 >= end) {
        out.write(raw[i]);
        continue;
      }
      byte escaped = raw[++i];
      if (escaped == 'x' && i + 2 < end) {
        out.write(Integer.parseInt(new String(raw, i + 1, 2, StandardCharsets.ISO_8859_1), 16));
        i += 2;
      } else {
        out.write(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped == 'r' ? '\r' : escaped);
      }
    }
    return out.toByteArray();
  }

  /**
   * What stands behind a value.
   *
   * @param names modifiers by name
   * @param plain whether none has settings but xor
   * @param firstKey first key of xor
   * @param lastKey last key of xor
   */
  private record Modifiers(Set<String> names, boolean plain, int firstKey, int lastKey) {
    static Modifiers of(List<RuleToken> tokens) {
      Set<String> names = new HashSet<>();
      List<Integer> keys = new ArrayList<>();
      boolean plain = true;
      for (int i = 0; i < tokens.size(); i++) {
        RuleToken token = tokens.get(i);
        if (token.kind() == Kind.WORD && Character.isLetter(token.text().charAt(0))) {
          names.add(token.text());
        } else if (token.kind() == Kind.WORD) {
          number(token.text()).ifPresent(keys::add);
        } else if (token.kind() == Kind.TEXT) {
          plain = false;
        }
      }
      int first = keys.isEmpty() ? 0 : keys.get(0);
      int last = keys.isEmpty() ? 255 : keys.get(keys.size() - 1);
      return new Modifiers(names, plain, first & 0xFF, last & 0xFF);
    }

    private static Optional<Integer> number(String text) {
      try {
        return Optional.of(Integer.decode(text));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
