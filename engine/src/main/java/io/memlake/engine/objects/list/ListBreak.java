package io.memlake.engine.objects.list;

import io.memlake.engine.bytes.Hex;

/**
 * A place where a list stops being one.
 *
 * @param direction {@code forward} or {@code backward}
 * @param at virtual address of the links that lead wrong
 * @param target where they lead
 * @param reason what is wrong
 */
public record ListBreak(String direction, long at, long target, Reason reason) {

  /** What can be wrong with a link. */
  public enum Reason {
    /** The links at the target are not in the evidence. */
    UNREADABLE("leads to memory that is not in the image"),
    /** The target cannot be the address of an entry. */
    BAD_POINTER("is no address of a list entry"),
    /** The target was visited before and is not the head. */
    LOOP("leads back into the list"),
    /** The next entry's back link names another entry; the walk goes on. */
    ONE_SIDED("leads to an entry that does not point back"),
    /** The walk was cut off at its limit. */
    LIMIT("would be entry number limit and more");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  /** Whether the walk ended here. */
  public boolean ended() {
    return reason != Reason.ONE_SIDED;
  }

  @Override
  public String toString() {
    return direction
        + " link at "
        + Hex.address(at)
        + " to "
        + Hex.address(target)
        + " "
        + reason.text;
  }
}
