package io.memlake.engine.objects.pool;

import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import java.util.Optional;

/** An object that a pool hit led to. */
public final class PoolObject {
  private final long virtualAddress;
  private final long physicalAddress;
  private final long place;
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
      long place,
      byte[] bytes,
      Certainty certainty,
      Optional<Boolean> rightType,
      boolean freed,
      Optional<UnicodeString> name,
      long pointerCount,
      long handleCount) {
    this.virtualAddress = virtualAddress;
    this.physicalAddress = physicalAddress;
    this.place = place;
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

  /** Physical address of the object, {@link AddressSpace#ABSENT} when its page left RAM. */
  public long physicalAddress() {
    return physicalAddress;
  }

  /** Where the scan found it, or its pool header in the page before, a {@link ScannedPlace}. */
  public long place() {
    return place;
  }

  /** What tells it from others: its frame, else its kernel address, else where it was found. */
  public long identity() {
    if (physicalAddress != AddressSpace.ABSENT) {
      return physicalAddress;
    }
    return virtualAddress == 0 ? place : virtualAddress;
  }

  /**
   * Whether it lies outside RAM and nothing maps it. It is then a copy of some earlier moment: the
   * object may have changed since, or may be in RAM as well.
   */
  public boolean isLeftCopy() {
    return virtualAddress == 0 && !ScannedPlace.isPhysical(place);
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
