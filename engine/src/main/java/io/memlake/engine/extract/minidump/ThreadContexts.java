package io.memlake.engine.extract.minidump;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.thread.Ethread;
import io.memlake.engine.objects.thread.ThreadDetails;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the x64 {@code CONTEXT} of a thread out of its trap frame: the registers with which it left
 * user mode. Registers that the kernel does not save there (R12 to R15, vectors) stay 0.
 */
final class ThreadContexts {
  /** Bytes of a {@code CONTEXT} of x64. */
  static final int SIZE = 0x4D0;

  private static final int FLAGS = 0x30;
  private static final int AMD64 = 0x10_0000;
  private static final int CONTROL_AND_INTEGER = AMD64 | 3;

  /** Register, its place in a {@code CONTEXT}, its bytes. */
  private static final Object[][] REGISTERS = {
    {"SegCs", 0x38, 2},
    {"SegSs", 0x42, 2},
    {"EFlags", 0x44, 4},
    {"Rax", 0x78, 8},
    {"Rcx", 0x80, 8},
    {"Rdx", 0x88, 8},
    {"Rbx", 0x90, 8},
    {"Rsp", 0x98, 8},
    {"Rbp", 0xA0, 8},
    {"Rsi", 0xA8, 8},
    {"Rdi", 0xB0, 8},
    {"R8", 0xB8, 8},
    {"R9", 0xC0, 8},
    {"R10", 0xC8, 8},
    {"R11", 0xD0, 8},
    {"Rip", 0xF8, 8},
  };

  private record Register(int inFrame, int inContext, int size) {}

  private final Machine machine;
  private final ThreadDetails details;
  private final int frameSize;
  private final List<Register> registers = new ArrayList<>();

  ThreadContexts(Machine machine) {
    this.machine = machine;
    this.details = ThreadDetails.of(machine);
    Optional<StructType> frame = machine.symbols().findStruct("_KTRAP_FRAME");
    this.frameSize = frame.map(StructType::size).orElse(0);
    for (Object[] register : REGISTERS) {
      frame
          .flatMap(type -> type.find((String) register[0]))
          .map(FieldType::offset)
          .ifPresent(
              offset -> registers.add(new Register(offset, (int) register[1], (int) register[2])));
    }
  }

  /** The context; one without registers when the trap frame is absent or not of user mode. */
  byte[] of(Ethread thread) throws IOException {
    byte[] context = new byte[SIZE];
    LittleEndian.putI32(context, FLAGS, AMD64);
    long at = details.trapFrame(thread);
    Optional<byte[]> frame =
        at >= 0 || frameSize == 0 ? Optional.empty() : machine.kernelSpace().map(at, frameSize);
    Optional<ThreadDetails.Registers> user = details.registers(thread);
    if (frame.isEmpty() || user.isEmpty() || user.get().rip() <= 0) {
      return context;
    }
    LittleEndian.putI32(context, FLAGS, CONTROL_AND_INTEGER);
    for (Register register : registers) {
      System.arraycopy(
          frame.get(), register.inFrame(), context, register.inContext(), register.size());
    }
    return context;
  }

  /** Priorities and stacks of threads. */
  ThreadDetails details() {
    return details;
  }
}
