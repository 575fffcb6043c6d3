package io.memlake.jobs.hunt.yara;

import io.memlake.jobs.hunt.yara.rules.RuleText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that need no literal, in files of their own that compile by themselves. */
final class UngatedRules {
  private UngatedRules() {}

  /**
   * The files.
   *
   * @param wanted rules as namespace and name with a colon between
   */
  static List<YaraSource> of(Map<String, RuleText.File> files, Set<String> wanted) {
    List<YaraSource> sources = new ArrayList<>();
    files.forEach(
        (namespace, file) -> {
          Set<String> names = new HashSet<>();
          List<RuleText> kept = new ArrayList<>();
          // From the last rule to the first: rules refer to earlier ones only.
          for (int i = file.rules().size() - 1; i >= 0; i--) {
            RuleText rule = file.rules().get(i);
            boolean own = wanted.contains(namespace + ":" + rule.name());
            if (own || names.contains(rule.name()) || (!names.isEmpty() && rule.global())) {
              kept.add(0, rule);
              names.addAll(rule.namesInCondition());
              names.add(rule.name());
            }
          }
          if (!kept.isEmpty()) {
            StringBuilder text = new StringBuilder(file.imports());
            kept.forEach(rule -> text.append(rule.text()).append('\n'));
            sources.add(new YaraSource(namespace, text.toString()));
          }
        });
    return sources;
  }
}
