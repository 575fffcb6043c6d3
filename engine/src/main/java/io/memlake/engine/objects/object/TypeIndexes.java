package io.memlake.engine.objects.object;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.symbols.FieldType;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Decodes the type index of object headers and knows the index of a type.
 *
 * <p>Since Windows 10 the stored byte is the index xor the second byte of the header's own address
 * xor a cookie that each boot draws.
 */
public final class TypeIndexes {
  private final Machine machine;
  private final boolean encoded;
  private final OptionalInt cookie;

  private TypeIndexes(Machine machine, boolean encoded, OptionalInt cookie) {
    this.machine = machine;
    this.encoded = encoded;
    this.cookie = cookie;
  }

  /** Reads the cookie of {@code machine}, where its kernel has one. */
  public static TypeIndexes of(Machine machine) throws IOException {
    OptionalLong at = machine.addressOf("ObHeaderCookie");
    byte[] value = new byte[1];
    boolean encoded = at.isPresent() || machine.description().version().major() >= 10;
    boolean readable = at.isPresent() && machine.kernelSpace().read(at.getAsLong(), value, 0, 1);
    return new TypeIndexes(
        machine, encoded, readable ? OptionalInt.of(value[0] & 0xFF) : OptionalInt.empty());
  }

  /**
   * The type index of an object.
   *
   * @param stored byte in the header
   * @param header virtual address of the header, 0 when unknown
   * @return empty when the address or the cookie that it takes is unknown
   */
  public OptionalInt decode(int stored, long header) {
    if (!encoded) {
      return OptionalInt.of(stored);
    }
    if (header == 0 || cookie.isEmpty()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(stored ^ (int) (header >>> 8 & 0xFF) ^ cookie.getAsInt());
  }

  /**
   * The index of the type that a kernel variable such as {@code PsProcessType} points at; empty
   * when it cannot be read.
   */
  public OptionalInt indexOf(String typeVariable) throws IOException {
    Optional<FieldType> index =
        machine.symbols().findStruct("_OBJECT_TYPE").flatMap(type -> type.find("Index"));
    OptionalLong type = machine.kernelMemory().pointer(typeVariable);
    if (index.isEmpty() || type.isEmpty()) {
      return OptionalInt.empty();
    }
    byte[] bytes = new byte[1];
    long at = type.getAsLong();
    return at != 0 && machine.kernelSpace().read(at + index.get().offset(), bytes, 0, 1)
        ? OptionalInt.of(bytes[0] & 0xFF)
        : OptionalInt.empty();
  }
}
