package io.memlake.jobs.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of a local cluster.
 *
 * @param name {@code master}, or {@code worker-1} and so on
 * @param pid its process id
 * @param started when it was started; a process of the same id that started at another time is a
 *     stranger
 */
public record Member(String name, long pid, Instant started) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  static Member of(String name, Process process) {
    return new Member(name, process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
  }

  /** The process, when it still runs. */
  Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant().orElse(Instant.EPOCH).equals(started));
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process().isPresent();
  }

  /** Ends it, in peace if it listens. */
  void end() throws InterruptedException {
    Optional<ProcessHandle> running = process();
    if (running.isEmpty()) {
      return;
    }
    running.get().destroy();
    try {
      running.get().onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      running.get().destroyForcibly();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
