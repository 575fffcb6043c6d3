package io.memlake.engine.objects.dns;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.network.InternetAddress;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads {@code DNS_RECORDW} of 64-bit programs. A record proves itself: a type with the length that
 * its data must have, a time to live below 2^31 as RFC 2181 has it, no bits where windns.h has
 * none, and names that are names, wherever it points.
 */
public final class DnsRecordReader {
  /** Bytes in front of the data: next, name, type, length, flags, time to live, reserved. */
  static final int HEADER = 32;

  /** Bytes of the header and of the longest data that are read. */
  public static final int SIZE = HEADER + 16;

  /** Heaps of 64-bit programs hand out multiples of this. */
  public static final int ALIGNMENT = 16;

  private static final int TYPE = 16;
  private static final int LENGTH = 18;
  private static final int FLAGS = 20;
  private static final int TIME_TO_LIVE = 24;
  private static final int RESERVED = 28;
  private static final int CHARACTER_SET_SHIFT = 3;
  private static final int CHARACTER_SETS = 3;
  private static final int UNICODE = 1;

  /** Characters of a name, by RFC 1035, and the zero behind it. */
  private static final int MAXIMUM_NAME = 256;

  private final AddressSpace space;

  /** A reader of the memory of one process. */
  public DnsRecordReader(AddressSpace space) {
    this.space = space;
  }

  /**
   * The record at {@code offset} of {@code bytes}, of which {@link #SIZE} must be there; empty when
   * it is none, or a name that it points to is absent.
   *
   * @param address where these bytes lie
   */
  public Optional<DnsRecord> read(byte[] bytes, int offset, long address) throws IOException {
    Optional<DnsType> type =
        DnsType.of(
            LittleEndian.u16(bytes, offset + TYPE), LittleEndian.u16(bytes, offset + LENGTH));
    long next = LittleEndian.i64(bytes, offset);
    long flags = LittleEndian.u32(bytes, offset + FLAGS);
    int timeToLive = LittleEndian.i32(bytes, offset + TIME_TO_LIVE);
    boolean possible =
        type.isPresent()
            && timeToLive >= 0
            && LittleEndian.i32(bytes, offset + RESERVED) == 0
            && (flags >>> CHARACTER_SET_SHIFT & CHARACTER_SETS) == UNICODE
            && (next == 0 || isPointer(next));
    if (!possible) {
      return Optional.empty();
    }
    Optional<String> name = name(LittleEndian.i64(bytes, offset + Long.BYTES));
    Optional<String> data =
        name.isEmpty() ? Optional.empty() : data(type.get(), bytes, offset + HEADER);
    return data.map(
        text ->
            new DnsRecord(address, next, name.orElseThrow(), type.get(), flags, timeToLive, text));
  }

  private Optional<String> data(DnsType type, byte[] bytes, int at) throws IOException {
    return switch (type.form()) {
      case ADDRESS ->
          Optional.of(
              type == DnsType.A
                  ? InternetAddress.version4(bytes, at)
                  : InternetAddress.version6(Arrays.copyOfRange(bytes, at, at + type.length())));
      case NAME -> name(LittleEndian.i64(bytes, at));
      case PREFERENCE ->
          name(LittleEndian.i64(bytes, at))
              .map(server -> LittleEndian.u16(bytes, at + Long.BYTES) + " " + server);
      case SERVER ->
          name(LittleEndian.i64(bytes, at))
              .map(
                  server ->
                      LittleEndian.u16(bytes, at + Long.BYTES)
                          + " "
                          + LittleEndian.u16(bytes, at + Long.BYTES + 2)
                          + " "
                          + LittleEndian.u16(bytes, at + Long.BYTES + 4)
                          + " "
                          + server);
    };
  }

  private boolean isPointer(long address) {
    return address > 0xFFFF && !space.isKernel(address) && (address & (Long.BYTES - 1)) == 0;
  }

  /** A name that ends with a zero; empty when it is absent, too long, or none. */
  private Optional<String> name(long at) throws IOException {
    if (at <= 0xFFFF || space.isKernel(at) || (at & 1) != 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[MAXIMUM_NAME * Character.BYTES];
    int inPage = PhysicalMemory.PAGE_SIZE - (int) (at & (PhysicalMemory.PAGE_SIZE - 1));
    int length = Math.min(bytes.length, inPage);
    if (!space.read(at, bytes, 0, length)) {
      return Optional.empty();
    }
    if (length < bytes.length && space.read(at + length, bytes, length, bytes.length - length)) {
      length = bytes.length;
    }
    for (int end = 0; end + 1 < length; end += Character.BYTES) {
      int character = LittleEndian.u16(bytes, end);
      if (character == 0) {
        return end == 0 ? Optional.empty() : Optional.of(UnicodeString.text(bytes, 0, end));
      }
      if (!isOfName(character)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Letters of all scripts, since names need not be encoded, and what names have besides. */
  private static boolean isOfName(int character) {
    return Character.isLetterOrDigit(character)
        || character == '.'
        || character == '-'
        || character == '_'
        || character == '*'
        || character == '/';
  }
}
