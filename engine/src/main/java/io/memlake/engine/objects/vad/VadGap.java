package io.memlake.engine.objects.vad;

import io.memlake.engine.bytes.Hex;

/**
 * A link of the tree that leads to no descriptor: what lies behind it is lost.
 *
 * @param parent kernel address of the node with the link, 0 for the root
 * @param node where the link leads
 * @param reason what is wrong there
 */
public record VadGap(long parent, long node, Reason reason) {

  /** Why a node was not taken. */
  public enum Reason {
    /** Its memory is not in the evidence. */
    UNREADABLE("is not in the evidence"),
    /** The link is no kernel address, or not aligned as allocations are. */
    BAD_POINTER("is no address of a node"),
    /** Another link led there before. */
    LOOP("was met before"),
    /** Its range ends before it starts or leaves the user half. */
    BAD_RANGE("has no range of the user half"),
    /** The tree has more nodes than any process. */
    LIMIT("lies beyond the limit of " + VadTree.MAXIMUM_NODES + " nodes");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  @Override
  public String toString() {
    return "descriptor " + Hex.address(node) + " below " + Hex.address(parent) + " " + reason.words;
  }
}
