package io.memlake.engine.image.wrapper.restart;

import java.io.Serializable;

/** A place at which a decoder can start. Immutable. */
public interface RestartPoint extends Serializable {

  /** Position of the next decoded byte. */
  long position();

  /** Bytes of the heap that it takes. */
  long heapBytes();

  /** Whether nothing from before is needed: such points are never thinned out. */
  boolean isFirst();
}
