package io.memlake.engine.artifacts.process;

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

  /** {@code running}, {@code exiting}, {@code terminated} or {@code suspect}. */
  String state() {
    if (process.exitTime() != 0) {
      return process.ended() ? "terminated" : "exiting";
    }
    boolean given = scanned.map(PoolObject::freed).orElse(false);
    boolean foreign = !scanned.flatMap(PoolObject::rightType).orElse(true);
    return !inList && (given || foreign) ? "suspect" : "running";
  }

  /** How sure the row is, 0 to 100. */
  int confidence(boolean scanRan) {
    if (inList) {
      return scanned.isPresent() ? 100 : scanRan ? 80 : 90;
    }
    PoolObject object = scanned.orElseThrow();
    if (!object.rightType().orElse(true)) {
      return 40;
    }
    return switch (object.certainty()) {
      case MAPPED -> object.freed() ? 70 : 80;
      case ONE_FRAME -> 60;
      case NEXT_FRAME_ASSUMED -> 40;
    };
  }
}
