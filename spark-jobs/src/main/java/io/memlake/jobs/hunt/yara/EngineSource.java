package io.memlake.jobs.hunt.yara;

/**
 * An engine for one task: taken from those that are free when it is first needed, taken anew when
 * it was stopped, given back at the end.
 */
final class EngineSource implements AutoCloseable {
  private final String name;
  private final YaraSet set;
  private YaraX engine;

  EngineSource(String name, YaraSet set) {
    this.name = name;
    this.set = set;
  }

  /** Tells engines with different rules apart. */
  String name() {
    return name;
  }

  YaraX get() {
    if (engine == null || engine.isStopped()) {
      engine = YaraEngines.take(set);
    }
    return engine;
  }

  @Override
  public void close() {
    if (engine != null && !engine.isStopped()) {
      YaraEngines.give(set, engine);
    }
    engine = null;
  }
}
