package io.memlake.engine.kernel.calibration;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.PagedAddressSpace;

/** One process of the chain: its object's bytes as far as they could be read. */
final class ProcessSample {
  static final long SYSTEM_PID = 4;

  private final long address;
  private final byte[] bytes;
  private final long pid;
  private final PagedAddressSpace space;

  /**
   * A process.
   *
   * @param address kernel address of its object
   * @param bytes what could be read from there on
   * @param pid its number
   * @param space its own address space
   */
  ProcessSample(long address, byte[] bytes, long pid, PagedAddressSpace space) {
    this.address = address;
    this.bytes = bytes;
    this.pid = pid;
    this.space = space;
  }

  long address() {
    return address;
  }

  long pid() {
    return pid;
  }

  PagedAddressSpace space() {
    return space;
  }

  /** How many bytes were read. */
  int length() {
    return bytes.length;
  }

  boolean isSystem() {
    return pid == SYSTEM_PID;
  }

  /** Whether a number of {@code size} bytes at {@code offset} was read. */
  boolean has(int offset, int size) {
    return offset >= 0 && offset + size <= bytes.length;
  }

  long i64(int offset) {
    return LittleEndian.i64(bytes, offset);
  }

  long u32(int offset) {
    return LittleEndian.u32(bytes, offset);
  }
}
