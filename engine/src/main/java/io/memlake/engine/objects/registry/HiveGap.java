package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.Hex;
import io.memlake.schemas.evidence.Absence;

/**
 * Something of a hive that could not be read.
 *
 * @param cell index of the cell
 * @param reason {@link Absence#UNREADABLE} when its bytes are absent, {@link Absence#UNPARSABLE}
 *     when they contradict the format or exceed a limit
 * @param detail what the cell should have been and what is wrong
 */
public record HiveGap(int cell, Absence reason, String detail) {

  @Override
  public String toString() {
    return "Cell " + Hex.address(Integer.toUnsignedLong(cell)) + ": " + detail;
  }
}
