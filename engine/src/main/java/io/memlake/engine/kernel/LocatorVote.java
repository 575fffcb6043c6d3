package io.memlake.engine.kernel;

import io.memlake.engine.bytes.Hex;
import java.io.Serializable;

/**
 * What one locator said during discovery, and what became of it.
 *
 * @param locator which one: {@code dtb.low-stub}, {@code kernel.table-walk}, {@code symbols.rsds}
 * @param value the address or number it proposed; 0 when it found nothing
 * @param accepted whether the proposal agrees with the machine that was opened in the end
 * @param reason why, in words
 */
public record LocatorVote(String locator, long value, boolean accepted, String reason)
    implements Serializable {

  static LocatorVote accepted(String locator, long value, String reason) {
    return new LocatorVote(locator, value, true, reason);
  }

  static LocatorVote rejected(String locator, long value, String reason) {
    return new LocatorVote(locator, value, false, reason);
  }

  @Override
  public String toString() {
    String verdict = accepted ? "accepted" : "rejected";
    return locator + " " + Hex.address(value) + " " + verdict + ": " + reason;
  }
}
