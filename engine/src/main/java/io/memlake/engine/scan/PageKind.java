package io.memlake.engine.scan;

import java.util.Locale;

/** What the bytes of one page look like by themselves, without knowing who maps it. */
public enum PageKind {
  /** All bytes are 0. */
  ZERO,
  /** One eight-byte value repeated, for instance 0xFF filler of a device hole. */
  FILL,
  /** Begins with an MZ header whose PE header lies inside the page or a few pages on. */
  PE_HEADER,
  /** Anything else. */
  DATA;

  /** As the {@code pages} table spells it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
