package io.memlake.engine.objects.pool;

import io.memlake.engine.objects.text.UnicodeString;
import java.util.Optional;

/** An object that a pool hit led to. */
public final class PoolObject {
  private final long virtualAddress;
  private final long physicalAddress;
  private final byte[] bytes;
  private final Certainty certainty;
  private final Optional<Boolean> rightType;
  private final boolean freed;
  private final Optional<UnicodeString> name;
  private final long pointerCount;
  private final long handleCount;

  PoolObject(
      long virtualAddress,
      long physicalAddress,
      byte[] bytes,
      Certainty certainty,
      Optional<Boolean> rightType,
      boolean freed,
      Optional<UnicodeString> name,
      long pointerCount,
      long handleCount) {
    this.virtualAddress = virtualAddress;
    this.physicalAddress = physicalAddress;
    this.bytes = bytes;
    this.certainty = certainty;
    this.rightType = rightType;
    this.freed = freed;
    this.name = name;
    this.pointerCount = pointerCount;
    this.handleCount = handleCount;
  }

  /** Kernel address of the object, 0 when no table maps it. */
  public long virtualAddress() {
    return virtualAddress;
  }

  /** Physical address of the object. */
  public long physicalAddress() {
    return physicalAddress;
  }

  /** The object; the views that are made of it share the array. */
  public byte[] bytes() {
    return bytes;
  }

  /** How sure it is that the bytes belong together. */
  public Certainty certainty() {
    return certainty;
  }

  /** Whether its header has the type of its kind; empty when that cannot be decoded. */
  public Optional<Boolean> rightType() {
    return rightType;
  }

  /** Whether the allocation or the object was given back. */
  public boolean freed() {
    return freed;
  }

  /** Where its name is; empty for objects without one. */
  public Optional<UnicodeString> name() {
    return name;
  }

  /** References to it by its header. */
  public long pointerCount() {
    return pointerCount;
  }

  /** Open handles to it by its header. */
  public long handleCount() {
    return handleCount;
  }
}
