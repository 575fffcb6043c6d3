package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Reads kernel variables by symbol, and texts; everything may be absent. */
public final class KernelMemory {
  private final AddressSpace space;
  private final long kernelBase;
  private final SymbolTable symbols;
  private final byte[] number = new byte[Long.BYTES];

  /**
   * Memory of a loaded binary.
   *
   * @param space its address space
   * @param kernelBase virtual address of the binary
   * @param symbols its symbols
   */
  public KernelMemory(AddressSpace space, long kernelBase, SymbolTable symbols) {
    this.space = space;
    this.kernelBase = kernelBase;
    this.symbols = symbols;
  }

  /** The address space that is read. */
  public AddressSpace space() {
    return space;
  }

  /** Virtual address of a symbol. */
  public OptionalLong addressOf(String symbol) {
    OptionalLong rva = symbols.findSymbol(symbol);
    return rva.isPresent() ? OptionalLong.of(kernelBase + rva.getAsLong()) : rva;
  }

  /** The 64-bit variable behind a symbol; empty when unknown or unreadable. */
  public OptionalLong i64(String symbol) throws IOException {
    OptionalLong at = addressOf(symbol);
    return at.isPresent() ? i64(at.getAsLong()) : at;
  }

  /** The 64-bit number at an address; empty when unreadable. */
  public OptionalLong i64(long virtualAddress) throws IOException {
    return space.read(virtualAddress, number, 0, Long.BYTES)
        ? OptionalLong.of(LittleEndian.i64(number, 0))
        : OptionalLong.empty();
  }

  /** The address that the variable behind a symbol holds; empty when unknown or unreadable. */
  public OptionalLong pointer(String symbol) throws IOException {
    OptionalLong at = addressOf(symbol);
    return at.isPresent() ? pointer(at.getAsLong()) : at;
  }

  /** The address that stands at an address; empty when unreadable. */
  public OptionalLong pointer(long virtualAddress) throws IOException {
    return space.read(virtualAddress, number, 0, space.pointerSize())
        ? OptionalLong.of(space.pointer(number, 0))
        : OptionalLong.empty();
  }

  /** The unsigned 32-bit variable behind a symbol; empty when unknown or unreadable. */
  public OptionalLong u32(String symbol) throws IOException {
    OptionalLong at = addressOf(symbol);
    return at.isPresent() ? u32(at.getAsLong()) : at;
  }

  /** The unsigned 32-bit number at an address; empty when unreadable. */
  public OptionalLong u32(long virtualAddress) throws IOException {
    return space.read(virtualAddress, number, 0, Integer.BYTES)
        ? OptionalLong.of(LittleEndian.u32(number, 0))
        : OptionalLong.empty();
  }

  /** The byte at an address; empty when unreadable. */
  public OptionalLong u8(long virtualAddress) throws IOException {
    return space.read(virtualAddress, number, 0, 1)
        ? OptionalLong.of(LittleEndian.u8(number, 0))
        : OptionalLong.empty();
  }

  /** Zero-terminated bytes as text, at most {@code limit}; empty text when unreadable. */
  public static String text(AddressSpace space, long virtualAddress, int limit) throws IOException {
    byte[] bytes = new byte[limit];
    int toPageEnd =
        PhysicalMemory.PAGE_SIZE - (int) (virtualAddress & (PhysicalMemory.PAGE_SIZE - 1));
    int length = Math.min(limit, toPageEnd);
    if (!space.read(virtualAddress, bytes, 0, length)) {
      return "";
    }
    if (length < limit) {
      // What lies behind a missing page is cut off.
      space.read(virtualAddress + length, bytes, length, limit - length);
    }
    int end = 0;
    while (end < limit && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }
}
