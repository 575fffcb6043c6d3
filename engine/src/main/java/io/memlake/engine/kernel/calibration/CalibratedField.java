package io.memlake.engine.kernel.calibration;

import java.io.Serializable;
import java.util.Locale;

/**
 * A field of a structure that was found on the image.
 *
 * @param struct structure, for instance {@code _EPROCESS}
 * @param field member, for instance {@code Peb}
 * @param offset bytes from the start of the structure; -1 when it was not found
 * @param confidence how sure that is, 0 to 100
 * @param reason what it rests on, or why it was not found, in words
 */
public record CalibratedField(
    String struct, String field, int offset, int confidence, String reason)
    implements Serializable {

  /** Offset of a field that was not found. */
  public static final int NOT_FOUND = -1;

  /** Whether the field can be read. */
  public boolean isFound() {
    return offset != NOT_FOUND;
  }

  /** For reports: {@code _EPROCESS.Peb = 0x550 (95 %): ...}. */
  @Override
  public String toString() {
    return isFound()
        ? String.format(
            Locale.ROOT, "%s.%s = 0x%x (%d %%): %s", struct, field, offset, confidence, reason)
        : struct + "." + field + " is not known: " + reason;
  }
}
