package io.memlake.engine.objects.filerecord;

/** What the ends of the sectors of a record say. */
public enum SectorState {
  /** Every sector ends in the check number, as on disk; the original bytes were put back. */
  PROTECTED,
  /** No sector ends in the check number: the record was cached, its bytes are the original ones. */
  PLAIN,
  /** Some sectors end in the check number and some do not: parts of two writes, or damage. */
  TORN
}
