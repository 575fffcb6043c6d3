package io.memlake.engine.artifacts;

import io.memlake.engine.objects.pool.PoolObject;
import java.util.Optional;

/**
 * Who saw an object.
 *
 * @param inList whether a list, table or directory of the live system leads to it
 * @param scanned what the scan knows; empty when the scan did not find it
 */
public record Sighting(boolean inList, Optional<PoolObject> scanned) {
  /** Seen by a list alone, so far. */
  public static Sighting listed() {
    return new Sighting(true, Optional.empty());
  }

  /** Seen by the scan alone, so far. */
  public static Sighting scanned(PoolObject object) {
    return new Sighting(false, Optional.of(object));
  }

  /** Both together. */
  public Sighting and(Sighting other) {
    return new Sighting(inList || other.inList, scanned.or(other::scanned));
  }

  /** {@code walk} or {@code scan}, as the tables spell it. */
  public String source() {
    return inList ? "walk" : "scan";
  }

  /** How sure a row about it is, 0 to 100. */
  public int confidence(boolean scanRan) {
    if (inList) {
      return scanned.isPresent() ? 100 : scanRan ? 80 : 90;
    }
    PoolObject object = scanned.orElseThrow();
    if (!object.rightType().orElse(true)) {
      return 40;
    }
    return switch (object.certainty()) {
      case MAPPED -> object.freed() ? 70 : 80;
      case ONE_FRAME -> object.isLeftCopy() ? 50 : 60;
      case NEXT_FRAME_ASSUMED -> 40;
    };
  }

  /** Whether allocation or object were given back; null when the scan did not see it. */
  public Boolean freed() {
    return scanned.map(PoolObject::freed).orElse(null);
  }
}
