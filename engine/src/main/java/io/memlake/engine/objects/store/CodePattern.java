package io.memlake.engine.objects.store;

import io.memlake.engine.bytes.LittleEndian;

/**
 * Code that loads the address of {@code SmGlobals} and calls, as the Mandiant tools for compressed
 * memory found it in builds 14393 to 18362.
 */
enum CodePattern {
  /** {@code mov r8,[rdx]; lea …; lea rdx,SmGlobals; call …; mov …}. */
  X64 {
    @Override
    boolean matches(byte[] code, int at) {
      return code[at] == 0x4C
          && code[at + 1] == (byte) 0x8B
          && code[at + 2] == 0x02
          && code[at + 3] == 0x48
          && code[at + 4] == (byte) 0x8D
          && code[at + 10] == 0x48
          && code[at + 11] == (byte) 0x8D
          && code[at + 12] == 0x15
          && code[at + 17] == (byte) 0xE8
          && code[at + 22] == (byte) 0x8B;
    }

    @Override
    long target(byte[] code, int at, long address) {
      return address + 17 + LittleEndian.i32(code, at + 13);
    }
  },

  /** {@code mov edx,ecx; mov ecx,SmGlobals; call …; jmp …}, with one byte more since 17763. */
  X86 {
    @Override
    boolean matches(byte[] code, int at) {
      return code[at] == (byte) 0x8B
          && code[at + 1] == (byte) 0xD1
          && code[at + 2] == (byte) 0xB9
          && code[at + 7] == (byte) 0xE8
          && (code[at + 12] == (byte) 0xEB || code[at + 13] == (byte) 0xEB);
    }

    @Override
    long target(byte[] code, int at, long address) {
      return LittleEndian.u32(code, at + 3);
    }
  };

  /** Bytes that a match needs. */
  static final int LENGTH = 23;

  abstract boolean matches(byte[] code, int at);

  /** The address that the code at {@code address} loads. */
  abstract long target(byte[] code, int at, long address);
}
