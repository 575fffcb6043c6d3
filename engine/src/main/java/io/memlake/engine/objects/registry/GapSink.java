package io.memlake.engine.objects.registry;

/** Takes what could not be read; reading goes on behind it. */
@FunctionalInterface
public interface GapSink {
  /** One thing that is missing. */
  void gap(HiveGap gap);
}
