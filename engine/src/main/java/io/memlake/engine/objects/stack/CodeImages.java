package io.memlake.engine.objects.stack;

import java.io.IOException;
import java.util.Optional;

/** The images of a space by address. */
@FunctionalInterface
public interface CodeImages {
  /** The image that an address lies in. */
  Optional<CodeImage> at(long address) throws IOException;
}
