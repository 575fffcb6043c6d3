package io.memlake.engine.paging;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.util.Optional;

/**
 * Virtual memory of one process or of the kernel, readable where the evidence has the page.
 *
 * <p>A page that is not there is an ordinary answer. One instance belongs to one thread.
 */
public interface AddressSpace {

  /** Value of {@link #translate} for an address without a frame. */
  long ABSENT = -1;

  /** Directory table base, page-aligned, without PCID bits. */
  long dtb();

  /** Bytes of a pointer in this space: 8 or 4. */
  int pointerSize();

  /**
   * The space in which what the kernel keeps about this one is read. That is the space itself, but
   * for the second tables of a process under kernel address isolation, which map next to nothing of
   * the kernel.
   */
  default AddressSpace kernelView() throws IOException {
    return this;
  }

  /** Whether an address, 32-bit ones without sign extension, lies in the kernel's half. */
  default boolean isKernel(long virtualAddress) {
    return pointerSize() == Long.BYTES ? virtualAddress < 0 : virtualAddress >>> 31 == 1;
  }

  /** The number in the low bytes of {@code bytes} that is as wide as a pointer of this space. */
  default long pointer(byte[] bytes, int offset) {
    return pointerSize() == Long.BYTES
        ? LittleEndian.i64(bytes, offset)
        : LittleEndian.u32(bytes, offset);
  }

  /**
   * The physical address behind a virtual one, through present and transition entries.
   *
   * @return {@link #ABSENT} when no frame backs it now; the page may still be readable from a page
   *     file or the compressed store
   */
  long translate(long virtualAddress) throws IOException;

  /**
   * Reads {@code length} bytes, all or nothing.
   *
   * @return false when any page of the range is absent; {@code target} is then undefined in range
   */
  boolean read(long virtualAddress, byte[] target, int offset, int length) throws IOException;

  /**
   * Reads what is there, page by page; absent pages are zero-filled.
   *
   * @param present set for each page the range touches, in order; needs room for all of them
   * @return how many of the pages were there
   */
  int readSparse(long virtualAddress, byte[] target, int offset, int length, boolean[] present)
      throws IOException;

  /** The bytes of a structure, or empty when one of its pages is absent. */
  default Optional<byte[]> map(long virtualAddress, int size) throws IOException {
    byte[] bytes = new byte[size];
    return read(virtualAddress, bytes, 0, size) ? Optional.of(bytes) : Optional.empty();
  }
}
