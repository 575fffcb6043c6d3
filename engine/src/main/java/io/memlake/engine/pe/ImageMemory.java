package io.memlake.engine.pe;

import java.io.IOException;

/** Bytes of a mapped executable by their offset from its base. */
@FunctionalInterface
public interface ImageMemory {
  /** Reads a range; false when it is not inside of the image or a page of it is absent. */
  boolean read(long offset, byte[] target, int length) throws IOException;
}
