package io.memlake.jobs.hunt.rule;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rules that come with the program. */
public final class BuiltInRules {
  private static final String FOLDER = "/hunts/";

  private BuiltInRules() {}

  /** All of them, in the order of their names. */
  public static List<Rule> all() {
    return names().stream().map(name -> RuleReader.read(name, text(name + ".yaml"))).toList();
  }

  /** Names of their files: subject and uid. */
  static List<String> names() {
    return text("rules.txt").lines().toList();
  }

  static String text(String file) {
    try (InputStream in = BuiltInRules.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("Missing resource " + FOLDER + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
