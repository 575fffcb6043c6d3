package io.memlake.engine.objects.eventlog;

import io.memlake.engine.bytes.Hex;

/** Bytes are no binary XML, or refer to bytes that are not there. Ordinary: no stack trace. */
final class BinXmlException extends Exception {
  private static final long serialVersionUID = 1L;

  BinXmlException(int offset, String reason) {
    super(reason + " at " + Hex.address(offset), null, false, false);
  }
}
