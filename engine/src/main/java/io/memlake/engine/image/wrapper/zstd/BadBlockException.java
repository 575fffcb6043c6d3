package io.memlake.engine.image.wrapper.zstd;

import java.io.IOException;

/** A block contradicts the format; the message continues "the block …: ". */
final class BadBlockException extends IOException {
  private static final long serialVersionUID = 1L;

  BadBlockException(String reason) {
    super(reason);
  }
}
