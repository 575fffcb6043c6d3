package io.memlake.engine.objects.stack;

import java.io.IOException;
import java.util.Optional;

/** Looks on a stack for what calls left there, where no unwind data leads on. */
final class ReturnAddresses {
  /** Words that are looked at for one frame. */
  private static final int MAXIMUM_WORDS = 4096;

  private static final int PAGE_WORDS = 512;
  private static final int LONGEST_CALL = 7;

  private final CodeImages images;
  private final StackWords words;
  private final StackBounds bounds;

  ReturnAddresses(CodeImages images, StackWords words, StackBounds bounds) {
    this.images = images;
    this.words = words;
    this.bounds = bounds;
  }

  /**
   * Makes {@code registers} those behind the next call above {@code from}; all but two are unknown
   * then. False when there is none.
   */
  boolean next(Registers registers, long from) throws IOException {
    long at = from;
    for (int looked = 0; looked < MAXIMUM_WORDS && bounds.holds(at); looked++) {
      if (!words.has(at)) {
        // A hole of the stack: nothing of this page.
        at = (at | PAGE_WORDS * (long) Long.BYTES - 1) + 1;
        continue;
      }
      long word = words.at(at);
      at += Long.BYTES;
      if (isReturnAddress(word)) {
        registers.forgetAll();
        registers.rip(word);
        registers.set(Registers.RSP, at);
        return true;
      }
    }
    return false;
  }

  private boolean isReturnAddress(long word) throws IOException {
    boolean kernelStack = bounds.base() < 0;
    if (kernelStack != (word < 0) || Long.compareUnsigned(word, 0x10000) < 0) {
      return false;
    }
    Optional<CodeImage> image = images.at(word);
    if (image.isEmpty() || !image.get().holdsCode(word)) {
      return false;
    }
    byte[] before = new byte[LONGEST_CALL];
    long offset = word - image.get().base() - LONGEST_CALL;
    // Where the code is absent the address alone must do.
    return offset < 0
        || !image.get().memory().read(offset, before, LONGEST_CALL)
        || isBlank(before)
        || endsInCall(before);
  }

  /** Zeroes are what tools write for pages that they could not read; code has none of them. */
  private static boolean isBlank(byte[] code) {
    for (byte value : code) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the last instruction of {@code code} can be a call. */
  static boolean endsInCall(byte[] code) {
    int end = code.length;
    if ((code[end - 5] & 0xFF) == 0xE8) {
      return true;
    }
    for (int length = 2; length <= LONGEST_CALL; length++) {
      int operand = code[end - length + 1] & 0xFF;
      boolean call = (code[end - length] & 0xFF) == 0xFF && (operand & 0x38) == 0x10;
      if (call && length == operandLength(operand, length > 2 ? code[end - length + 2] : 0)) {
        return true;
      }
    }
    return false;
  }

  /** Bytes of an indirect call by the byte behind its code and the one after. */
  private static int operandLength(int operand, int scale) {
    int mode = operand >>> 6;
    int base = operand & 7;
    if (mode == 3) {
      return 2;
    }
    int displacement = mode == 1 ? 1 : mode == 2 ? 4 : 0;
    if (base == 4) {
      boolean absolute = mode == 0 && (scale & 7) == 5;
      return 3 + (absolute ? 4 : displacement);
    }
    return 2 + (mode == 0 && base == 5 ? 4 : displacement);
  }
}
