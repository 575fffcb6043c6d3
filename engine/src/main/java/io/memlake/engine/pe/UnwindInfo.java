package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a piece of code is unwound: {@code UNWIND_INFO} of x64, versions 1 and 2, as Microsoft's
 * description of x64 exception handling has it.
 *
 * @param prologueSize bytes of the prologue
 * @param frameRegister register that is the base of the frame, 0 for none
 * @param frameOffset distance of that register from the stack pointer when it was set
 * @param codes steps of the prologue, last first
 * @param chained the piece that holds the rest of the steps
 */
public record UnwindInfo(
    int prologueSize,
    int frameRegister,
    int frameOffset,
    List<UnwindCode> codes,
    Optional<RuntimeFunction> chained) {
  /** Pieces that one function may be described by; compilers chain a handful. */
  public static final int MAXIMUM_CHAIN = 32;

  private static final int HEAD = 4;
  private static final int CHAINED = 4;
  private static final int SLOT = Short.BYTES;
  private static final int FRAME_UNIT = 16;

  /** Copies the list. */
  public UnwindInfo {
    codes = List.copyOf(codes);
  }

  /**
   * Reads the description at an offset of an image.
   *
   * @return empty when it is absent or breaks the rules of the format
   * @throws IOException when the medium fails
   */
  public static Optional<UnwindInfo> at(ImageMemory image, long offset) throws IOException {
    byte[] head = new byte[HEAD];
    if (!image.read(offset, head, HEAD)) {
      return Optional.empty();
    }
    int version = head[0] & 7;
    int flags = (head[0] & 0xFF) >>> 3;
    int count = head[2] & 0xFF;
    byte[] slots = new byte[count * SLOT];
    if (version < 1 || version > 2 || !image.read(offset + HEAD, slots, slots.length)) {
      return Optional.empty();
    }
    Optional<List<UnwindCode>> codes = codes(slots, version);
    Optional<RuntimeFunction> chained = Optional.empty();
    if ((flags & CHAINED) != 0) {
      chained = entry(image, offset + HEAD + (count + 1 & ~1) * (long) SLOT);
      if (chained.isEmpty()) {
        return Optional.empty();
      }
    }
    int frameRegister = head[3] & 0xF;
    int frameOffset = ((head[3] & 0xFF) >>> 4) * FRAME_UNIT;
    Optional<RuntimeFunction> parent = chained;
    return codes.map(
        steps -> new UnwindInfo(head[1] & 0xFF, frameRegister, frameOffset, steps, parent));
  }

  /**
   * The piece of a function that its others are chained to: the one that callers enter. What leads
   * to none, or round in a circle, is given back as far as it goes.
   */
  public static RuntimeFunction primary(ImageMemory image, RuntimeFunction function)
      throws IOException {
    RuntimeFunction at = function;
    byte[] head = new byte[HEAD];
    for (int chain = 0; chain < MAXIMUM_CHAIN; chain++) {
      long next = at.unwind() & ~1L;
      if (!at.isIndirect()) {
        boolean known = image.read(at.unwind(), head, HEAD);
        if (!known || ((head[0] & 0xFF) >>> 3 & CHAINED) == 0) {
          return at;
        }
        next = at.unwind() + HEAD + ((head[2] & 0xFF) + 1 & ~1) * (long) SLOT;
      }
      Optional<RuntimeFunction> parent = entry(image, next);
      if (parent.isEmpty()) {
        return at;
      }
      at = parent.get();
    }
    return at;
  }

  /** An entry of the table of functions that lies anywhere in the image. */
  public static Optional<RuntimeFunction> entry(ImageMemory image, long offset) throws IOException {
    byte[] bytes = new byte[RuntimeFunction.SIZE];
    if (!image.read(offset, bytes, bytes.length)) {
      return Optional.empty();
    }
    return Optional.of(
        new RuntimeFunction(
            LittleEndian.u32(bytes, 0), LittleEndian.u32(bytes, 4), LittleEndian.u32(bytes, 8)));
  }

  private static Optional<List<UnwindCode>> codes(byte[] slots, int version) {
    List<UnwindCode> codes = new ArrayList<>();
    int at = 0;
    while (at < slots.length) {
      int prologueOffset = slots[at] & 0xFF;
      int code = slots[at + 1] & 0xF;
      int info = (slots[at + 1] & 0xFF) >>> 4;
      int used = slots(code, info, version);
      if (used == 0 || at + used * SLOT > slots.length) {
        return Optional.empty();
      }
      add(codes, prologueOffset, code, info, slots, at);
      at += used * SLOT;
    }
    return Optional.of(codes);
  }

  /** How many slots a code takes; 0 for one that does not exist. */
  private static int slots(int code, int info, int version) {
    return switch (code) {
      case 0, 2, 3, 10 -> 1;
      case 1 -> info == 0 ? 2 : info == 1 ? 3 : 0;
      case 4, 8 -> 2;
      case 5, 9 -> 3;
      // Version 2 describes epilogues here; version 1 had short stores of floating point registers.
      case 6 -> version == 2 ? 1 : 2;
      case 7 -> version == 2 ? 2 : 3;
      default -> 0;
    };
  }

  private static void add(
      List<UnwindCode> codes, int offset, int code, int info, byte[] slots, int at) {
    switch (code) {
      case 0 -> codes.add(new UnwindCode(offset, UnwindCode.Operation.PUSH, info, 0));
      case 1 -> {
        long room =
            info == 0
                ? LittleEndian.u16(slots, at + SLOT) * (long) Long.BYTES
                : LittleEndian.u32(slots, at + SLOT);
        codes.add(new UnwindCode(offset, UnwindCode.Operation.ALLOCATE, 0, room));
      }
      case 2 ->
          codes.add(
              new UnwindCode(offset, UnwindCode.Operation.ALLOCATE, 0, (info + 1L) * Long.BYTES));
      case 3 -> codes.add(new UnwindCode(offset, UnwindCode.Operation.SET_FRAME, info, 0));
      case 4 ->
          codes.add(
              new UnwindCode(
                  offset,
                  UnwindCode.Operation.SAVE,
                  info,
                  LittleEndian.u16(slots, at + SLOT) * (long) Long.BYTES));
      case 5 ->
          codes.add(
              new UnwindCode(
                  offset, UnwindCode.Operation.SAVE, info, LittleEndian.u32(slots, at + SLOT)));
      case 10 -> codes.add(new UnwindCode(offset, UnwindCode.Operation.MACHINE_FRAME, info, 0));
      default -> {
        // Floating point registers and epilogues say nothing of where callers are.
      }
    }
  }
}
