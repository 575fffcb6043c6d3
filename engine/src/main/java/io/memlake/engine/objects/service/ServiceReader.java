package io.memlake.engine.objects.service;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Optional;

/** Reads service records with one layout. */
final class ServiceReader {
  private static final int MAXIMUM_ORDER = 0xFFFF;
  private static final int LAST_START = 4;
  private static final int FIRST_STATE = 1;
  private static final int LAST_STATE = 7;
  private static final int RUNNING = 4;
  private static final int PROCESS_TYPES = 0x30;

  /** Bytes of a name or command line. */
  private static final int MAXIMUM_TEXT = 1024;

  private final AddressSpace space;
  private final ServiceLayout layout;

  ServiceReader(AddressSpace space, ServiceLayout layout) {
    this.space = space;
    this.layout = layout;
  }

  /** The record at an address; empty when it is absent or none. */
  Optional<ServiceRecord> read(long address) throws IOException {
    if (address <= 0 || (address & 7) != 0) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = space.map(address, layout.end());
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    byte[] record = bytes.get();
    long order = LittleEndian.u32(record, layout.order());
    long start = LittleEndian.u32(record, layout.start());
    long state = LittleEndian.u32(record, layout.state());
    long name = LittleEndian.i64(record, layout.serviceName());
    if (order > MAXIMUM_ORDER
        || start > LAST_START
        || state < FIRST_STATE
        || state > LAST_STATE
        || name <= 0) {
      return Optional.empty();
    }
    int type = LittleEndian.i32(record, layout.type());
    boolean runs = state == RUNNING;
    boolean program = (type & PROCESS_TYPES) != 0;
    long process = LittleEndian.i64(record, layout.process());
    int pid = 0;
    Optional<String> binary = Optional.empty();
    if (runs && program) {
      pid = number(process + layout.processId());
      binary = text(pointer(process + layout.processBinary()));
    } else if (runs) {
      binary = text(LittleEndian.i64(record, layout.driver()));
    }
    return Optional.of(
        new ServiceRecord(
            address,
            LittleEndian.i64(record, layout.previous()),
            (int) order,
            text(name),
            text(LittleEndian.i64(record, layout.display())),
            type,
            (int) start,
            (int) state,
            pid,
            binary));
  }

  private int number(long at) throws IOException {
    byte[] bytes = new byte[Integer.BYTES];
    return at > 0 && space.read(at, bytes, 0, bytes.length) ? LittleEndian.i32(bytes, 0) : 0;
  }

  private long pointer(long at) throws IOException {
    byte[] bytes = new byte[Long.BYTES];
    return at > 0 && space.read(at, bytes, 0, bytes.length) ? LittleEndian.i64(bytes, 0) : 0;
  }

  /** Zero-terminated UTF-16; empty when its first page is absent. */
  private Optional<String> text(long at) throws IOException {
    if (at <= 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[MAXIMUM_TEXT];
    int first =
        Math.min(
            MAXIMUM_TEXT, PhysicalMemory.PAGE_SIZE - (int) (at & (PhysicalMemory.PAGE_SIZE - 1)));
    if (!space.read(at, bytes, 0, first)) {
      return Optional.empty();
    }
    if (first < MAXIMUM_TEXT) {
      // What lies behind a missing page is cut off.
      space.read(at + first, bytes, first, MAXIMUM_TEXT - first);
    }
    int end = 0;
    while (end + 1 < MAXIMUM_TEXT && (bytes[end] != 0 || bytes[end + 1] != 0)) {
      end += Character.BYTES;
    }
    return Optional.of(UnicodeString.text(bytes, 0, end));
  }
}
