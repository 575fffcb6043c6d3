package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code KDDEBUGGER_DATA64}, the block in which the kernel tells debuggers where its variables lie.
 * Its layout has not changed since Windows XP, only grown; from Windows 8 on it lies encoded in RAM
 * unless a debugger or a crash decoded it. 32-bit kernels never encode it.
 */
final class DebuggerData {
  /** {@code KDBG} as a little-endian number. */
  static final int TAG = 0x4742444B;

  static final int TAG_OFFSET = 0x10;
  static final int SIZE_OFFSET = 0x14;
  static final int KERN_BASE_OFFSET = 0x18;
  static final int MINIMUM_SIZE = 0x200;
  static final int MAXIMUM_SIZE = 0x1000;

  private static final int NT_BUILD_LAB_OFFSET = 0x208;
  private static final int ENCODED_SIZE = 0x380;

  /**
   * Members that point at a kernel variable of known name, with their offsets: those that all
   * versions fill. Addresses that agree with symbols identify a kernel.
   */
  private static final Pointer[] POINTERS = {
    new Pointer(0x20, "DbgBreakPointWithStatus"),
    new Pointer(0x38, "KiCallUserMode"),
    new Pointer(0x48, "PsLoadedModuleList"),
    new Pointer(0x50, "PsActiveProcessHead"),
    new Pointer(0x58, "PspCidTable"),
    new Pointer(0x60, "ExpSystemResourcesList"),
    new Pointer(0x78, "KeTimeIncrement"),
    new Pointer(0x80, "KeBugCheckCallbackListHead"),
    new Pointer(0x88, "KiBugCheckData"),
    new Pointer(0x90, "IopErrorLogListHead"),
    new Pointer(0x98, "ObpRootDirectoryObject"),
    new Pointer(0xA0, "ObpTypeObjectType"),
    new Pointer(0xC0, "MmPfnDatabase"),
    new Pointer(0x140, "MmSizeOfPagedPoolInBytes"),
    new Pointer(0x1B8, "PoolTrackTable"),
    new Pointer(0x1C8, "MmHighestUserAddress"),
    new Pointer(0x1D0, "MmSystemRangeStart"),
    new Pointer(0x1D8, "MmUserProbeAddress"),
    new Pointer(0x208, "NtBuildLabEx"),
    new Pointer(0x218, "KiProcessorBlock"),
    new Pointer(0x220, "MmUnloadedDrivers"),
    new Pointer(0x228, "MmLastUnloadedDriver"),
    new Pointer(0x268, "CmNtCSDVersion"),
    new Pointer(0x270, "MmPhysicalMemoryBlock"),
  };

  private final byte[] block;
  private final boolean wide;
  private final long virtualAddress;
  private final boolean decoded;

  private DebuggerData(byte[] block, boolean wide, long virtualAddress, boolean decoded) {
    this.block = block;
    this.wide = wide;
    this.virtualAddress = virtualAddress;
    this.decoded = decoded;
  }

  /** The plain block at {@code virtualAddress}; empty when none lies there. */
  static Optional<DebuggerData> at(AddressSpace space, long virtualAddress) throws IOException {
    byte[] header = new byte[KERN_BASE_OFFSET];
    if (!space.read(virtualAddress, header, 0, header.length)) {
      return Optional.empty();
    }
    int size = LittleEndian.i32(header, SIZE_OFFSET);
    if (LittleEndian.i32(header, TAG_OFFSET) != TAG || !plausibleSize(size)) {
      return Optional.empty();
    }
    return space.map(virtualAddress, size).map(bytes -> of(bytes, space, virtualAddress, false));
  }

  private static DebuggerData of(
      byte[] bytes, AddressSpace space, long virtualAddress, boolean decoded) {
    return new DebuggerData(bytes, space.pointerSize() == Long.BYTES, virtualAddress, decoded);
  }

  /**
   * The block that {@code symbols} locate, decoded when needed; empty when it is not there or the
   * symbols do not fit.
   */
  static Optional<DebuggerData> find(AddressSpace space, long kernelBase, SymbolTable symbols)
      throws IOException {
    OptionalLong block = symbols.findSymbol("KdDebuggerDataBlock");
    if (block.isEmpty()) {
      return Optional.empty();
    }
    long at = kernelBase + block.getAsLong();
    Optional<DebuggerData> plain = at(space, at);
    boolean readable = plain.isPresent() || space.pointerSize() != Long.BYTES;
    return readable ? plain : decode(space, kernelBase, symbols, at);
  }

  private static Optional<DebuggerData> decode(
      AddressSpace space, long kernelBase, SymbolTable symbols, long at) throws IOException {
    OptionalLong never = value(space, kernelBase, symbols, "KiWaitNever");
    OptionalLong always = value(space, kernelBase, symbols, "KiWaitAlways");
    OptionalLong encoded = symbols.findSymbol("KdpDataBlockEncoded");
    Optional<byte[]> bytes = space.map(at, ENCODED_SIZE);
    if (never.isEmpty() || always.isEmpty() || encoded.isEmpty() || bytes.isEmpty()) {
      return Optional.empty();
    }
    byte[] block = bytes.get();
    long key = kernelBase + encoded.getAsLong();
    for (int i = 0; i < block.length; i += Long.BYTES) {
      long rotated =
          Long.rotateLeft(
              LittleEndian.i64(block, i) ^ never.getAsLong(), (int) (never.getAsLong() & 0xFF));
      LittleEndian.putI64(block, i, Long.reverseBytes(rotated ^ key) ^ always.getAsLong());
    }
    boolean fits =
        LittleEndian.i32(block, TAG_OFFSET) == TAG
            && plausibleSize(LittleEndian.i32(block, SIZE_OFFSET));
    return fits ? Optional.of(of(block, space, at, true)) : Optional.empty();
  }

  private static OptionalLong value(
      AddressSpace space, long kernelBase, SymbolTable symbols, String name) throws IOException {
    OptionalLong rva = symbols.findSymbol(name);
    byte[] number = new byte[Long.BYTES];
    if (rva.isEmpty() || !space.read(kernelBase + rva.getAsLong(), number, 0, Long.BYTES)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(LittleEndian.i64(number, 0));
  }

  static boolean plausibleSize(int size) {
    return size >= MINIMUM_SIZE && size <= MAXIMUM_SIZE && (size & 7) == 0;
  }

  long virtualAddress() {
    return virtualAddress;
  }

  boolean decoded() {
    return decoded;
  }

  long kernBase() {
    return address(KERN_BASE_OFFSET);
  }

  long psLoadedModuleList() {
    return address(0x48);
  }

  long psActiveProcessHead() {
    return address(0x50);
  }

  /** Virtual address of the text that begins with the build number; 0 when the block has none. */
  long ntBuildLab() {
    return NT_BUILD_LAB_OFFSET + Long.BYTES <= block.length ? address(NT_BUILD_LAB_OFFSET) : 0;
  }

  /** The block of 32-bit kernels keeps addresses with their sign in the upper half. */
  private long address(int offset) {
    return wide ? LittleEndian.i64(block, offset) : LittleEndian.u32(block, offset);
  }

  /** How many of the block's pointers name what {@code symbols} say lies there. */
  Agreement agreement(long kernelBase, SymbolTable symbols) {
    int agreeing = 0;
    int tested = 0;
    for (Pointer pointer : POINTERS) {
      if (pointer.offset + Long.BYTES > block.length) {
        continue;
      }
      long value = address(pointer.offset);
      OptionalLong rva = symbols.findSymbol(pointer.symbol);
      if (value != 0 && rva.isPresent()) {
        tested++;
        agreeing += value == kernelBase + rva.getAsLong() ? 1 : 0;
      }
    }
    OptionalLong own = symbols.findSymbol("KdDebuggerDataBlock");
    if (own.isPresent()) {
      tested++;
      agreeing += virtualAddress == kernelBase + own.getAsLong() ? 1 : 0;
    }
    return new Agreement(agreeing, tested);
  }

  private record Pointer(int offset, String symbol) {}
}
