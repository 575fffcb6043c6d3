package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Sid;
import java.util.Optional;

/** The security of one or more keys ({@code _CM_KEY_SECURITY}). */
public final class KeySecurity {
  static final int SIGNATURE = 0x6B73;
  static final int FIXED = 20;
  static final int MAX_DESCRIPTOR = 65536;

  private static final int NEXT = 4;
  private static final int PREVIOUS = 8;
  private static final int REFERENCES = 12;
  private static final int LENGTH = 16;

  private static final int OWNER = 4;
  private static final int GROUP = 8;
  private static final int DESCRIPTOR_HEADER = 20;

  private final int cell;
  private final int next;
  private final int previous;
  private final int references;
  private final byte[] descriptor;

  private KeySecurity(int cell, int next, int previous, int references, byte[] descriptor) {
    this.cell = cell;
    this.next = next;
    this.previous = previous;
    this.references = references;
    this.descriptor = descriptor;
  }

  static long descriptorLength(byte[] body) {
    return LittleEndian.u32(body, LENGTH);
  }

  static KeySecurity parse(int cell, byte[] body, byte[] descriptor) {
    return new KeySecurity(
        cell,
        LittleEndian.i32(body, NEXT),
        LittleEndian.i32(body, PREVIOUS),
        LittleEndian.i32(body, REFERENCES),
        descriptor);
  }

  /** Index of its cell. */
  public int cell() {
    return cell;
  }

  /** Cell of the next one in the ring of all of them. */
  public int next() {
    return next;
  }

  /** Cell of the previous one in the ring. */
  public int previous() {
    return previous;
  }

  /** How many keys use it. */
  public int references() {
    return references;
  }

  /** A self-relative {@code SECURITY_DESCRIPTOR}, not copied. */
  public byte[] descriptor() {
    return descriptor;
  }

  /** SID of the owner; empty when the descriptor names none. */
  public Optional<String> owner() {
    return sid(OWNER);
  }

  /** SID of the primary group; empty when the descriptor names none. */
  public Optional<String> group() {
    return sid(GROUP);
  }

  private Optional<String> sid(int field) {
    if (descriptor.length < DESCRIPTOR_HEADER) {
      return Optional.empty();
    }
    long at = LittleEndian.u32(descriptor, field);
    if (at < DESCRIPTOR_HEADER || at >= descriptor.length) {
      return Optional.empty();
    }
    return Sid.text(descriptor, (int) at, descriptor.length - (int) at);
  }
}
