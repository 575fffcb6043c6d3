package io.memlake.engine.artifacts.process;

import io.memlake.engine.artifacts.Sighting;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.objects.process.Eprocess;
import java.util.Optional;

/**
 * A process and who saw it.
 *
 * @param process the process
 * @param inList whether the kernel's list holds it
 * @param scanned what the scan knows; empty when the scan did not find it
 */
public record SeenProcess(Eprocess process, boolean inList, Optional<PoolObject> scanned) {

  /**
   * {@code running}, {@code exiting}, {@code terminated}, {@code suspect}, or {@code unknown} for a
   * copy outside RAM, whose process may have ended since.
   */
  String state() {
    if (process.exitTime() != 0) {
      return process.ended() ? "terminated" : "exiting";
    }
    boolean given = scanned.map(PoolObject::freed).orElse(false);
    boolean foreign = !scanned.flatMap(PoolObject::rightType).orElse(true);
    if (!inList && (given || foreign)) {
      return "suspect";
    }
    return isLeftCopy() ? "unknown" : "running";
  }

  /** Whether all that is known of it is a copy outside RAM that nothing maps. */
  boolean isLeftCopy() {
    return !inList && scanned.map(PoolObject::isLeftCopy).orElse(false);
  }

  /** How sure the row is, 0 to 100. */
  int confidence(boolean scanRan) {
    return new Sighting(inList, scanned).confidence(scanRan);
  }
}
