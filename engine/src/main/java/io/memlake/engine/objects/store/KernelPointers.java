package io.memlake.engine.objects.store;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;

/** Single numbers and pointers out of kernel memory, without an allocation a read. */
final class KernelPointers {
  /** Neither an address nor a number of 32 bits. */
  static final long ABSENT = -1;

  private static final long PAGE_MASK = 0xFFF;
  private static final long KERNEL_32 = 0x8000_0000L;
  private static final long CANONICAL = 0xFFFF_8000_0000_0000L;

  private final AddressSpace space;
  private final int pointerSize;
  private final byte[] bytes = new byte[Long.BYTES];

  KernelPointers(AddressSpace space, int pointerSize) {
    this.space = space;
    this.pointerSize = pointerSize;
  }

  AddressSpace space() {
    return space;
  }

  int pointerSize() {
    return pointerSize;
  }

  /** The pointer at an address, or 0 when it cannot be read. */
  long pointer(long virtualAddress) throws IOException {
    if (!space.read(virtualAddress, bytes, 0, pointerSize)) {
      return 0;
    }
    return pointerSize == Long.BYTES ? LittleEndian.i64(bytes, 0) : LittleEndian.u32(bytes, 0);
  }

  /** The unsigned 32-bit number at an address, or {@link #ABSENT}. */
  long number(long virtualAddress) throws IOException {
    return space.read(virtualAddress, bytes, 0, Integer.BYTES)
        ? LittleEndian.u32(bytes, 0)
        : ABSENT;
  }

  /** Whether a pointer can lead into kernel memory. */
  boolean isKernel(long pointer) {
    return pointerSize == Long.BYTES
        ? (pointer & CANONICAL) == CANONICAL
        : pointer >= KERNEL_32 && pointer <= 0xFFFF_FFFFL;
  }

  /** Whether a pointer can lead to a page of kernel memory. */
  boolean isKernelPage(long pointer) {
    return isKernel(pointer) && (pointer & PAGE_MASK) == 0;
  }

  /** Whether a pointer can lead to a page of a program. */
  boolean isUser(long pointer) {
    return pointer > 0xFFFF
        && (pointerSize == Long.BYTES ? pointer >>> 47 == 0 : pointer < KERNEL_32);
  }
}
