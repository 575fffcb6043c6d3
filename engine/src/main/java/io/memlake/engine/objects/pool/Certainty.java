package io.memlake.engine.objects.pool;

/** How sure it is that all bytes of an object belong together. */
public enum Certainty {
  /** Read under its kernel address, which page tables map. */
  MAPPED,
  /** Nothing maps its frame any more, but it lies in one frame as a whole. */
  ONE_FRAME,
  /** Nothing maps it, and its end was taken from the next frame, which need not be its own. */
  NEXT_FRAME_ASSUMED
}
