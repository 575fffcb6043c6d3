package io.memlake.engine.objects.thread;

import io.memlake.engine.symbols.BitsField;
import io.memlake.engine.symbols.FieldType;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.SymbolTable;
import io.memlake.engine.symbols.U32Field;
import io.memlake.engine.symbols.U8Field;
import java.util.Optional;

/**
 * Where the fields lie that say what a thread is about. All are optional: a kernel without one has
 * that answer less.
 *
 * @param threadName address of a {@code UNICODE_STRING}, since Windows 10 1607
 * @param priority {@code Tcb.Priority}, signed
 * @param basePriority {@code Tcb.BasePriority}, signed
 * @param contextSwitches {@code Tcb.ContextSwitches}
 * @param stackBase {@code Tcb.StackBase}
 * @param stackLimit {@code Tcb.StackLimit}
 * @param kernelStack {@code Tcb.KernelStack}
 * @param trapFrame {@code Tcb.TrapFrame}
 * @param debugActive {@code Tcb.Header.DebugActive}
 * @param impersonating bit of {@code CrossThreadFlags}
 * @param impersonationToken reference whose low bits say how far it reaches
 * @param hideFromDebugger bit of {@code CrossThreadFlags}
 * @param exitStatus NTSTATUS
 * @param frame where registers lie in a {@code _KTRAP_FRAME}
 */
record ThreadDetailLayout(
    Optional<PointerField> threadName,
    Optional<U8Field> priority,
    Optional<U8Field> basePriority,
    Optional<U32Field> contextSwitches,
    Optional<PointerField> stackBase,
    Optional<PointerField> stackLimit,
    Optional<PointerField> kernelStack,
    Optional<PointerField> trapFrame,
    Optional<U8Field> debugActive,
    Optional<BitsField> impersonating,
    Optional<PointerField> impersonationToken,
    Optional<BitsField> hideFromDebugger,
    Optional<U32Field> exitStatus,
    Optional<Frame> frame) {

  /**
   * Registers in a trap frame.
   *
   * @param size bytes of the frame
   * @param rip instruction pointer
   * @param rsp stack pointer
   * @param dr0 first of the debug registers 0 to 3
   * @param dr7 debug control register
   */
  record Frame(int size, int rip, int rsp, int dr0, int dr7) {}

  static ThreadDetailLayout resolve(SymbolTable symbols) {
    StructType type = symbols.struct("_ETHREAD");
    return new ThreadDetailLayout(
        type.findPointer("ThreadName"),
        firstByte(type, "Tcb.Priority"),
        firstByte(type, "Tcb.BasePriority"),
        type.findU32("Tcb.ContextSwitches"),
        type.findPointer("Tcb.StackBase"),
        type.findPointer("Tcb.StackLimit"),
        type.findPointer("Tcb.KernelStack"),
        type.findPointer("Tcb.TrapFrame"),
        firstByte(type, "Tcb.Header.DebugActive"),
        type.findBits("ActiveImpersonationInfo"),
        type.findPointer("ClientSecurity.ImpersonationToken"),
        type.findBits("HideFromDebugger"),
        type.findU32("ExitStatus"),
        frame(symbols));
  }

  private static Optional<Frame> frame(SymbolTable symbols) {
    Optional<StructType> frame = symbols.findStruct("_KTRAP_FRAME");
    String instruction = symbols.pointerSize() == Long.BYTES ? "Rip" : "Eip";
    String stack = symbols.pointerSize() == Long.BYTES ? "Rsp" : "HardwareEsp";
    boolean known =
        frame.isPresent()
            && frame.get().find(instruction).isPresent()
            && frame.get().find(stack).isPresent()
            && frame.get().find("Dr0").isPresent()
            && frame.get().find("Dr7").isPresent();
    return known
        ? Optional.of(
            new Frame(
                frame.get().size(),
                frame.get().offsetOf(instruction),
                frame.get().offsetOf(stack),
                frame.get().offsetOf("Dr0"),
                frame.get().offsetOf("Dr7")))
        : Optional.empty();
  }

  private static Optional<U8Field> firstByte(StructType type, String path) {
    return type.find(path).map(FieldType::offset).map(U8Field::new);
  }
}
