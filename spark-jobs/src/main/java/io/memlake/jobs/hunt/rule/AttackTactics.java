package io.memlake.jobs.hunt.rule;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which tactics of MITRE ATT&amp;CK a technique serves. */
public final class AttackTactics {
  /** The version that the table follows. */
  public static final String VERSION = "17.1";

  private static final Map<String, List<String>> TACTICS = load();

  private AttackTactics() {}

  /** Tactics of techniques, sorted; a sub-technique that is not listed has its parent's. */
  public static List<String> of(Collection<String> techniques) {
    TreeSet<String> tactics = new TreeSet<>();
    for (String technique : techniques) {
      List<String> known = TACTICS.get(technique);
      int dot = technique.indexOf('.');
      if (known == null && dot > 0) {
        known = TACTICS.get(technique.substring(0, dot));
      }
      if (known != null) {
        tactics.addAll(known);
      }
    }
    return List.copyOf(tactics);
  }

  private static Map<String, List<String>> load() {
    Map<String, List<String>> tactics = new HashMap<>();
    for (String line : BuiltInRules.text("attack-tactics.txt").lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] words = line.split(" ");
        tactics.put(words[0], Arrays.asList(words).subList(1, words.length));
      }
    }
    return Map.copyOf(tactics);
  }
}
