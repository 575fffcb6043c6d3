package io.memlake.engine.objects.object;

import java.util.Optional;

/**
 * An executive object as its header describes it.
 *
 * @param body virtual address of the object itself
 * @param header virtual address of its {@code _OBJECT_HEADER}
 * @param type name of its type; empty when it cannot be decoded
 * @param name its name in its directory; empty when it has none or it is absent
 * @param directory virtual address of the directory that its name says it is in, 0 for none
 * @param pointerCount references to it
 * @param handleCount open handles to it
 */
public record ExecutiveObject(
    long body,
    long header,
    Optional<String> type,
    Optional<String> name,
    long directory,
    long pointerCount,
    long handleCount) {

  /** Whether it is of this type, as far as that is known. */
  public boolean is(String typeName) {
    return type.isPresent() && type.get().equals(typeName);
  }
}
