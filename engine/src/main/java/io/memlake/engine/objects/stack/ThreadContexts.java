package io.memlake.engine.objects.stack;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.KernelMemory;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.StructType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Where threads were: what the kernel keeps of registers that are not in a processor. */
public final class ThreadContexts {
  private static final int MAXIMUM_PROCESSORS = 2048;

  /** {@code KSWITCH_FRAME} of x64, where {@code KernelStack} points: the same since NT 5.2. */
  private static final int SWITCH_FRAME_SIZE = 0x40;

  private static final int SWITCH_FRAME_RBP = 0x30;
  private static final int SWITCH_FRAME_RETURN = 0x38;

  private final Machine machine;
  private final Optional<StructType> trapFrame;
  private Map<Long, Registers> running;

  /** Contexts of a machine. */
  public ThreadContexts(Machine machine) {
    this.machine = machine;
    this.trapFrame =
        machine
            .symbols()
            .findStruct("_KTRAP_FRAME")
            .filter(type -> type.find("Rip").isPresent() && type.find("Rsp").isPresent());
  }

  /** What a thread that gave up the processor left on its kernel stack; empty when it is absent. */
  public Optional<Registers> switchedOut(long kernelStack) throws IOException {
    return machine
        .kernelSpace()
        .map(kernelStack, SWITCH_FRAME_SIZE)
        .map(
            frame ->
                new Registers(
                        LittleEndian.i64(frame, SWITCH_FRAME_RETURN),
                        kernelStack + SWITCH_FRAME_SIZE)
                    .set(Registers.RBP, LittleEndian.i64(frame, SWITCH_FRAME_RBP)));
  }

  /**
   * The registers of user mode that were saved when the thread entered the kernel. Of those that
   * callers rely on, r12 to r15 stay in the processor and are not known.
   */
  public Optional<Registers> userMode(long address) throws IOException {
    if (address >= 0 || trapFrame.isEmpty()) {
      return Optional.empty();
    }
    StructType type = trapFrame.get();
    Optional<byte[]> bytes = machine.kernelSpace().map(address, type.size());
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    long rip = LittleEndian.i64(bytes.get(), type.offsetOf("Rip"));
    long rsp = LittleEndian.i64(bytes.get(), type.offsetOf("Rsp"));
    if (rip <= 0 || rsp <= 0) {
      return Optional.empty();
    }
    Registers registers = new Registers(rip, rsp);
    set(registers, Registers.RBP, "Rbp", bytes.get());
    set(registers, Registers.RBX, "Rbx", bytes.get());
    set(registers, Registers.RSI, "Rsi", bytes.get());
    set(registers, Registers.RDI, "Rdi", bytes.get());
    return Optional.of(registers);
  }

  private void set(Registers registers, int register, String name, byte[] frame) {
    trapFrame
        .get()
        .find(name)
        .ifPresent(field -> registers.set(register, LittleEndian.i64(frame, field.offset())));
  }

  /**
   * The registers of the kernel that a processor saved last while it ran a thread: in crash dumps
   * where the crash was. In an image of a running machine they may be old.
   */
  public Optional<Registers> running(long ethread) throws IOException {
    if (running == null) {
      running = processors();
    }
    return Optional.ofNullable(running.get(ethread));
  }

  private Map<Long, Registers> processors() throws IOException {
    Map<Long, Registers> found = new HashMap<>();
    Optional<StructType> prcb = machine.symbols().findStruct("_KPRCB");
    KernelMemory memory = machine.kernelMemory();
    OptionalLong block = memory.addressOf("KiProcessorBlock");
    if (block.isEmpty()
        || prcb.isEmpty()
        || prcb.get().find("CurrentThread").isEmpty()
        || prcb.get().find("ProcessorState.ContextFrame.R15").isEmpty()) {
      return found;
    }
    for (int cpu = 0; cpu < MAXIMUM_PROCESSORS; cpu++) {
      OptionalLong address = memory.i64(block.getAsLong() + (long) cpu * Long.BYTES);
      if (address.orElse(0) >= 0) {
        break;
      }
      OptionalLong thread = memory.i64(address.getAsLong() + prcb.get().offsetOf("CurrentThread"));
      Optional<Registers> registers = context(prcb.get(), address.getAsLong());
      if (thread.isPresent() && registers.isPresent()) {
        found.put(thread.getAsLong(), registers.get());
      }
    }
    return found;
  }

  private Optional<Registers> context(StructType prcb, long address) throws IOException {
    String frame = "ProcessorState.ContextFrame.";
    AddressSpace space = machine.kernelSpace();
    int first = prcb.offsetOf(frame + "Rax");
    int instruction = prcb.offsetOf(frame + "Rip");
    // Rax to R15 follow each other in the order of unwind data, then Rip.
    return space
        .map(address + first, instruction - first + Long.BYTES)
        .map(
            bytes -> {
              Registers registers =
                  new Registers(
                      LittleEndian.i64(bytes, instruction - first),
                      LittleEndian.i64(bytes, Registers.RSP * Long.BYTES));
              for (int i = 0; i < Registers.COUNT; i++) {
                registers.set(i, LittleEndian.i64(bytes, i * Long.BYTES));
              }
              return registers;
            });
  }
}
