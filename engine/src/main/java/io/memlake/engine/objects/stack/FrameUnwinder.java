package io.memlake.engine.objects.stack;

import io.memlake.engine.pe.RuntimeFunction;
import io.memlake.engine.pe.UnwindCode;
import io.memlake.engine.pe.UnwindInfo;
import java.io.IOException;
import java.util.Optional;

/**
 * Undoes what one function did to registers and stack, as {@code RtlVirtualUnwind} does, so that
 * the registers become those of its caller behind the call.
 */
final class FrameUnwinder {
  private static final long WHOLE_PROLOGUE = Long.MAX_VALUE;
  private static final int MACHINE_FRAME_RSP = 24;

  private final StackWords words;

  FrameUnwinder(StackWords words) {
    this.words = words;
  }

  /** What became of it. */
  enum Outcome {
    /** The registers are those of the caller. */
    UNWOUND,
    /** The registers are those that the processor saved when it was interrupted. */
    INTERRUPTED,
    /** The description is absent or broken, or needs a register that is not known. */
    UNKNOWN,
    /** The stack is absent where it is needed. */
    UNREADABLE
  }

  /** The place of a function's description, with the offset that is looked at. */
  private record Piece(RuntimeFunction function, long intoPrologue) {}

  /**
   * Leaves the function that {@code registers} are in.
   *
   * @param function the entry that covers the instruction pointer
   * @param exact whether code was left at that very instruction, not in a call
   */
  Outcome leave(Registers registers, CodeImage image, RuntimeFunction function, boolean exact)
      throws IOException {
    long offset = registers.rip() - image.base();
    if (exact) {
      Outcome epilogue = Epilogue.leave(words, registers, image);
      if (epilogue != Outcome.UNKNOWN) {
        return epilogue;
      }
    }
    Optional<Piece> piece = Optional.of(new Piece(function, offset - function.begin()));
    for (int chain = 0; piece.isPresent() && chain < UnwindInfo.MAXIMUM_CHAIN; chain++) {
      RuntimeFunction at = piece.get().function();
      if (at.isIndirect()) {
        piece =
            UnwindInfo.entry(image.memory(), at.unwind() & ~1L)
                .map(direct -> new Piece(direct, WHOLE_PROLOGUE));
        continue;
      }
      Optional<UnwindInfo> info = UnwindInfo.at(image.memory(), at.unwind());
      if (info.isEmpty()) {
        return Outcome.UNKNOWN;
      }
      Outcome outcome = undo(registers, info.get(), piece.get().intoPrologue());
      if (outcome != Outcome.UNWOUND) {
        return outcome;
      }
      piece = info.get().chained().map(parent -> new Piece(parent, WHOLE_PROLOGUE));
      if (piece.isEmpty()) {
        return returned(registers);
      }
    }
    return Outcome.UNKNOWN;
  }

  /** Takes the return address from the top of the stack. */
  Outcome returned(Registers registers) throws IOException {
    long top = registers.rsp();
    if (!words.has(top)) {
      return Outcome.UNREADABLE;
    }
    registers.rip(words.at(top));
    registers.set(Registers.RSP, top + Long.BYTES);
    return Outcome.UNWOUND;
  }

  private Outcome undo(Registers registers, UnwindInfo info, long intoPrologue) throws IOException {
    int frameRegister = info.frameRegister();
    long frame = registers.rsp();
    if (frameRegister != 0 && frameIsSet(info, intoPrologue)) {
      if (!registers.knows(frameRegister)) {
        return Outcome.UNKNOWN;
      }
      frame = registers.get(frameRegister) - info.frameOffset();
    }
    for (UnwindCode code : info.codes()) {
      if (code.prologueOffset() > intoPrologue) {
        continue;
      }
      Outcome outcome = undo(registers, code, frame, info);
      if (outcome != Outcome.UNWOUND) {
        return outcome;
      }
    }
    return Outcome.UNWOUND;
  }

  private static boolean frameIsSet(UnwindInfo info, long intoPrologue) {
    if (intoPrologue >= info.prologueSize()) {
      return true;
    }
    for (UnwindCode code : info.codes()) {
      if (code.operation() == UnwindCode.Operation.SET_FRAME) {
        return intoPrologue >= code.prologueOffset();
      }
    }
    // The piece that set it is another one of the chain.
    return true;
  }

  private Outcome undo(Registers registers, UnwindCode code, long frame, UnwindInfo info)
      throws IOException {
    switch (code.operation()) {
      case PUSH -> {
        long top = registers.rsp();
        if (!words.has(top)) {
          return Outcome.UNREADABLE;
        }
        registers.set(code.register(), words.at(top));
        registers.set(Registers.RSP, top + Long.BYTES);
      }
      case ALLOCATE -> registers.set(Registers.RSP, registers.rsp() + code.amount());
      case SET_FRAME ->
          registers.set(Registers.RSP, registers.get(info.frameRegister()) - info.frameOffset());
      case SAVE -> {
        long place = frame + code.amount();
        if (!words.has(place)) {
          return Outcome.UNREADABLE;
        }
        registers.set(code.register(), words.at(place));
      }
      case MACHINE_FRAME -> {
        return interrupted(registers, registers.rsp() + code.register() * (long) Long.BYTES);
      }
    }
    return Outcome.UNWOUND;
  }

  private Outcome interrupted(Registers registers, long machineFrame) throws IOException {
    if (!words.has(machineFrame)) {
      return Outcome.UNREADABLE;
    }
    long rip = words.at(machineFrame);
    if (!words.has(machineFrame + MACHINE_FRAME_RSP)) {
      return Outcome.UNREADABLE;
    }
    registers.rip(rip);
    registers.set(Registers.RSP, words.at(machineFrame + MACHINE_FRAME_RSP));
    return Outcome.INTERRUPTED;
  }
}
