package io.memlake.engine.objects.stack;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The end of a function, which unwind data of version 1 does not describe: it must be read from the
 * code. Compilers keep to one form: an addition to rsp or a load of it from the frame register,
 * pops, and a return or a jump out of the function.
 */
final class Epilogue {
  private static final int LONGEST = 48;
  private static final int RET = 0xC3;
  private static final int RET_WITH_ARGUMENTS = 0xC2;
  private static final int REPEAT = 0xF3;
  private static final int JUMP_NEAR = 0xE9;
  private static final int JUMP_INDIRECT = 0xFF;
  private static final int REX_B = 0x41;
  private static final int REX_W = 0x48;

  private final byte[] code;
  private final Registers registers;
  private int at;

  private Epilogue(byte[] code, Registers registers) {
    this.code = code;
    this.registers = registers;
  }

  /** Finishes the epilogue that the registers are in; UNKNOWN when they are in none. */
  static FrameUnwinder.Outcome leave(StackWords words, Registers registers, CodeImage image)
      throws IOException {
    byte[] code = new byte[LONGEST];
    long offset = registers.rip() - image.base();
    int length = LONGEST;
    while (length > 0 && !image.memory().read(offset, code, length)) {
      length -= 8;
    }
    return length == 0
        ? FrameUnwinder.Outcome.UNKNOWN
        : new Epilogue(Arrays.copyOf(code, length), registers).leave(words);
  }

  private FrameUnwinder.Outcome leave(StackWords words) throws IOException {
    long top = freed();
    List<Integer> pops = new ArrayList<>();
    for (int register = pop(); register >= 0; register = pop()) {
      pops.add(register);
    }
    if (!returns()) {
      return FrameUnwinder.Outcome.UNKNOWN;
    }
    for (int register : pops) {
      if (!words.has(top)) {
        return FrameUnwinder.Outcome.UNREADABLE;
      }
      registers.set(register, words.at(top));
      top += Long.BYTES;
    }
    if (!words.has(top)) {
      return FrameUnwinder.Outcome.UNREADABLE;
    }
    registers.rip(words.at(top));
    registers.set(Registers.RSP, top + Long.BYTES);
    return FrameUnwinder.Outcome.UNWOUND;
  }

  private int octet(int ahead) {
    return at + ahead < code.length ? code[at + ahead] & 0xFF : -1;
  }

  /** The stack pointer behind {@code add rsp, n} or {@code lea rsp, [register+n]}. */
  private long freed() {
    long rsp = registers.rsp();
    if (octet(0) == REX_W && octet(2) == 0xC4 && octet(1) == 0x83 && octet(3) >= 0) {
      rsp += code[at + 3];
      at += 4;
    } else if (octet(0) == REX_W && octet(2) == 0xC4 && octet(1) == 0x81 && octet(6) >= 0) {
      rsp += LittleEndian.i32(code, at + 3);
      at += 7;
    } else if ((octet(0) & ~1) == REX_W && octet(1) == 0x8D && (octet(2) & 0x38) == 0x20) {
      int register = (octet(2) & 7) | (octet(0) & 1) << 3;
      int mode = octet(2) >>> 6;
      int length = mode == 1 ? 4 : 7;
      boolean plain = (mode == 1 || mode == 2) && (octet(2) & 7) != 4;
      if (plain && octet(length - 1) >= 0 && registers.knows(register)) {
        rsp = registers.get(register) + (mode == 1 ? code[at + 3] : LittleEndian.i32(code, at + 3));
        at += length;
      }
    }
    return rsp;
  }

  /** The register that is popped next; -1 when none is. */
  private int pop() {
    int first = octet(0);
    if (first >= 0x58 && first <= 0x5F) {
      at++;
      return first - 0x58;
    }
    if (first == REX_B && octet(1) >= 0x58 && octet(1) <= 0x5F) {
      int register = octet(1) - 0x58 + 8;
      at += 2;
      return register;
    }
    return -1;
  }

  private boolean returns() {
    int first = octet(0);
    int second = octet(1);
    boolean jumps =
        first == JUMP_NEAR
            || (first == JUMP_INDIRECT && second >= 0 && (second & 0x38) == 0x20)
            || (first == REX_W && second == JUMP_INDIRECT && (octet(2) & 0x38) == 0x20);
    boolean returns =
        first == RET || first == RET_WITH_ARGUMENTS || (first == REPEAT && second == RET);
    // A jump alone is a branch like any other; behind freed stack it leaves the function.
    return returns || (jumps && at > 0);
  }
}
