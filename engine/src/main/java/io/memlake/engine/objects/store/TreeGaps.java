package io.memlake.engine.objects.store;

import java.io.Serializable;

/**
 * How complete a walk over a tree was.
 *
 * @param entries entries that were shown
 * @param nodes nodes that were read
 * @param lost places where a node should be and is not: not in the evidence, or damaged
 * @param repeated places that lead back into nodes that were read before
 */
public record TreeGaps(long entries, int nodes, int lost, int repeated) implements Serializable {

  /** Whether entries may be missing. */
  public boolean hasGaps() {
    return lost > 0 || repeated > 0;
  }
}
