package io.memlake.jobs.hunt.yara;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.hunt.yara.rules.RuleGate;
import io.memlake.jobs.hunt.yara.rules.RuleText;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * YARA rules over hosts, in three steps that Spark spreads: open every host, search all chunks for
 * the literals of the rules, evaluate the rules where these were found. Knows nothing of Spark.
 */
public final class YaraHunt {
  private final Rules rules;
  private final Map<String, String> rejected = new TreeMap<>();

  /**
   * Reads rules from files and folders.
   *
   * @param externals values of external variables by name
   */
  public YaraHunt(List<Path> paths, Map<String, String> externals) throws IOException {
    YaraFiles files = new YaraFiles();
    for (Path path : paths) {
      files.read(path);
    }
    rejected.putAll(files.rejected());
    YaraSet set = new YaraSet(files.sources(), externals);
    if (!set.sources().isEmpty()) {
      // Before any host is opened: a rule that does not compile is told at once.
      YaraX engine = YaraEngines.take(set);
      rejected.putAll(engine.rejected());
      set = new YaraSet(engine.sources(), externals);
      YaraEngines.give(set, engine);
    }
    rules = Rules.of(set);
  }

  /**
   * What is sent to tasks.
   *
   * @param all every rule
   * @param ungated the rules that need no literal, and what they refer to; null when there are none
   * @param gate what all others need
   */
  public record Rules(YaraSet all, YaraSet ungated, RuleGate gate) implements Serializable {
    static Rules of(YaraSet set) {
      Map<String, RuleText.File> files = new TreeMap<>();
      set.sources().forEach(source -> files.put(source.name(), RuleText.file(source.text())));
      RuleGate gate = RuleGate.of(files);
      List<YaraSource> ungated = UngatedRules.of(files, gate.ungated());
      return new Rules(set, ungated.isEmpty() ? null : new YaraSet(ungated, set.externals()), gate);
    }
  }

  /** Opens one host. */
  public record Opening(String lake, String caseId, String host) implements Serializable {
    /** Finds the evidence and opens it. */
    public OpenedHost run(HadoopEvidence evidence) {
      return OpenedHost.of(lake, caseId, host, evidence);
    }
  }

  /** The evaluation of one host. */
  public record Evaluation(
      String lake, String caseId, String runId, OpenedHost opened, HostHits hits)
      implements Serializable {
    /** Evaluates the rules where they may match. */
    public HostResult run(HadoopEvidence evidence, Rules rules) {
      try (EngineSource all = new EngineSource("all ", rules.all());
          EngineSource ungated =
              rules.ungated() == null ? null : new EngineSource("ungated ", rules.ungated())) {
        return new HostResult(
            opened.name(),
            YaraHostTask.run(
                lake,
                caseId,
                opened,
                hits,
                rules.gate(),
                evidence,
                runId,
                all,
                Optional.ofNullable(ungated)));
      }
    }
  }

  /** What one host gave. */
  public record HostResult(String host, YaraHostTask.Result result) implements Serializable {}

  /** What to look for. */
  public Rules rules() {
    return rules;
  }

  /** One task a host; none when no rule is left. */
  public List<Opening> openings(String lake, String caseId, Iterable<String> hosts) {
    List<Opening> openings = new ArrayList<>();
    if (!rules.all().sources().isEmpty()) {
      hosts.forEach(host -> openings.add(new Opening(lake, caseId, host)));
    }
    return openings;
  }

  /** One task a chunk of a host that could be opened. */
  public static List<LiteralChunk> chunks(List<OpenedHost> hosts) {
    List<LiteralChunk> chunks = new ArrayList<>();
    for (int number = 0; number < hosts.size(); number++) {
      if (hosts.get(number).isOpen()) {
        chunks.addAll(hosts.get(number).chunks(number));
      }
    }
    return chunks;
  }

  /**
   * One task a host, with what was found in its chunks.
   *
   * @param found in the order of the chunks
   */
  public List<Evaluation> evaluations(
      String lake,
      String caseId,
      String runId,
      List<OpenedHost> hosts,
      List<LiteralChunk.Result> found) {
    List<HostHits> hits = new ArrayList<>();
    for (OpenedHost host : hosts) {
      hits.add(new HostHits(host.isOpen() ? host.pageFiles() : List.of()));
    }
    for (LiteralChunk.Result result : found) {
      hits.get(result.chunk().host()).add(result.chunk(), result.hits());
      if (!result.error().isEmpty()) {
        hits.get(result.chunk().host()).addProblem(result.chunk() + ": " + result.error());
      }
    }
    List<Evaluation> evaluations = new ArrayList<>();
    for (int number = 0; number < hosts.size(); number++) {
      evaluations.add(new Evaluation(lake, caseId, runId, hosts.get(number), hits.get(number)));
    }
    return evaluations;
  }

  /** All rows, sorted, and what was and was not looked for. */
  public YaraResult result(List<HostResult> hosts) {
    YaraEngines.drop(rules.all());
    if (rules.ungated() != null) {
      YaraEngines.drop(rules.ungated());
    }
    return YaraResult.of(rules, rejected, hosts);
  }
}
