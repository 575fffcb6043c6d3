package io.memlake.testdata.process;

import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.truth.FrameTruth;

/** What the processor and the kernel saved when a thread left user mode: {@code _KTRAP_FRAME}. */
final class TrapFrame {

  private static final int RBX = 0x140;
  private static final int RDI = 0x148;
  private static final int RSI = 0x150;
  private static final int RBP = 0x158;
  private static final int RIP = 0x168;
  private static final int SEG_CS = 0x170;
  private static final int RSP = 0x180;
  private static final int USER_CODE = 0x33;

  private TrapFrame() {}

  static void write(AddressSpace kernel, long at, CallStack calls) {
    FrameTruth top = calls.frames().get(0);
    kernel.writeLong(at + RBX, calls.register(3));
    kernel.writeLong(at + RDI, calls.register(7));
    kernel.writeLong(at + RSI, calls.register(6));
    kernel.writeLong(at + RBP, calls.register(5));
    kernel.writeLong(at + RIP, top.ip());
    kernel.writeLong(at + SEG_CS, USER_CODE);
    kernel.writeLong(at + RSP, top.sp());
  }
}
