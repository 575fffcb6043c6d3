package io.memlake.jobs.progress;

import java.util.Map;

/** Shows nothing. */
final class SilentView implements ProgressView {
  @Override
  public void show(Map<String, StageState> active, String host) {}

  @Override
  public void ended(Map<String, StageState> active, String host, String status, String message) {}

  @Override
  public void close() {}
}
