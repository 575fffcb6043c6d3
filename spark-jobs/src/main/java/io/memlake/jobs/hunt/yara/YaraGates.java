package io.memlake.jobs.hunt.yara;

import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.hunt.yara.rules.RuleGate;
import io.memlake.jobs.hunt.yara.rules.RuleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The first stage of a hunt by itself, for measurements: no rule is compiled. */
public final class YaraGates {
  private YaraGates() {}

  /** The gate of the rules in files and folders. */
  public static RuleGate read(List<Path> paths) throws IOException {
    YaraFiles files = new YaraFiles();
    for (Path path : paths) {
      files.read(path);
    }
    if (!files.rejected().isEmpty()) {
      throw new OperatorException("Cannot be used: " + files.rejected());
    }
    Map<String, RuleText.File> rules = new TreeMap<>();
    files.sources().forEach(source -> rules.put(source.name(), RuleText.file(source.text())));
    return RuleGate.of(rules);
  }
}
