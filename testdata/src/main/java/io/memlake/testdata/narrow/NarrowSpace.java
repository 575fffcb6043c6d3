package io.memlake.testdata.narrow;

import io.memlake.testdata.layout.FieldLayout;
import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Frames;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Memory behind tables of 32-bit Windows. Pages come into being when they are written. */
final class NarrowSpace {
  private static final long KERNEL_HALF = 0x8000_0000L;
  private static final long KERNEL_DATA = 0x963;
  private static final long USER_DATA = 0x867;
  private static final int PAGE = NarrowTables.PAGE;

  private final Frames frames;
  private final NarrowTables tables;

  NarrowSpace(Frames frames, NarrowTables tables) {
    this.frames = frames;
    this.tables = tables;
  }

  NarrowTables tables() {
    return tables;
  }

  void write(long virtualAddress, byte[] bytes) {
    int done = 0;
    while (done < bytes.length) {
      long at = touch(virtualAddress + done);
      int inPage = (int) at & (PAGE - 1);
      int length = Math.min(PAGE - inPage, bytes.length - done);
      System.arraycopy(bytes, done, frames.content(at >>> 12), inPage, length);
      done += length;
    }
  }

  /** Physical address behind a virtual one, mapped now if it was not. */
  long touch(long virtualAddress) {
    if (tables.physical(virtualAddress) < 0) {
      long bits = virtualAddress >= KERNEL_HALF ? KERNEL_DATA : USER_DATA;
      tables.map(virtualAddress, frames.take(), bits);
    }
    return tables.physical(virtualAddress);
  }

  void number(long virtualAddress, int size, long value) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (value >>> (Byte.SIZE * i));
    }
    write(virtualAddress, bytes);
  }

  long number(long virtualAddress, int size) {
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      long at = touch(virtualAddress + i);
      value = (value << Byte.SIZE) | (frames.read(at >>> 12)[(int) at & (PAGE - 1)] & 0xFF);
    }
    return value;
  }

  void pointer(long virtualAddress, long value) {
    number(virtualAddress, Integer.BYTES, value);
  }

  void text(long virtualAddress, String text) {
    write(virtualAddress, text.getBytes(StandardCharsets.UTF_16LE));
  }

  /** Links entries into a ring through a head. */
  void ring(long head, List<Long> links) {
    long previous = head;
    for (long link : links) {
      pointer(previous, link);
      pointer(link + Integer.BYTES, previous);
      previous = link;
    }
    pointer(previous, head);
    pointer(head + Integer.BYTES, previous);
  }

  Structure at(long virtualAddress, StructLayout layout) {
    return new Structure(virtualAddress, layout);
  }

  /** A structure, written field by field. */
  final class Structure {
    private final long address;
    private final StructLayout layout;

    private Structure(long address, StructLayout layout) {
      this.address = address;
      this.layout = layout;
    }

    long address() {
      return address;
    }

    long addressOf(String path) {
      return address + layout.offset(path);
    }

    Structure set(String path, long value) {
      FieldLayout field = layout.field(path);
      long at = address + field.offset();
      if (field.isBits()) {
        long mask = (1L << field.bitLength()) - 1;
        long word = number(at, field.size()) & ~(mask << field.bitPosition());
        number(at, field.size(), word | (value & mask) << field.bitPosition());
      } else {
        number(at, field.size(), value);
      }
      return this;
    }

    Structure setIfPresent(String path, long value) {
      return layout.has(path) ? set(path, value) : this;
    }

    /** A {@code UNICODE_STRING} whose text lies at {@code buffer}. */
    Structure string(String path, String text, long buffer) {
      long at = addressOf(path);
      number(at, Short.BYTES, text.length() * 2L);
      number(at + Short.BYTES, Short.BYTES, text.length() * 2L + 2);
      pointer(at + Integer.BYTES, buffer);
      NarrowSpace.this.text(buffer, text + '\0');
      return this;
    }
  }
}
