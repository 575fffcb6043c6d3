package io.memlake.engine.objects.registry;

import io.memlake.schemas.evidence.Absence;

/** A cell cannot be read; ordinary in damaged hives, so it has no stack trace. */
final class CellException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient HiveGap gap;

  CellException(int cell, Absence reason, String detail) {
    super(detail, null, false, false);
    gap = new HiveGap(cell, reason, detail);
  }

  HiveGap gap() {
    return gap;
  }
}
