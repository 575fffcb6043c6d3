package io.memlake.engine.objects.thread;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.text.UnicodeString;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.U8Field;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what a thread is about. Layouts are resolved once for a machine. */
public final class ThreadDetails {
  /** {@code NT_TIB.StackBase} is the second address of a TIB, {@code StackLimit} the third. */
  private static final int TIB_POINTERS = 3;

  private final AddressSpace kernel;
  private final ThreadDetailLayout layout;

  private ThreadDetails(AddressSpace kernel, ThreadDetailLayout layout) {
    this.kernel = kernel;
    this.layout = layout;
  }

  /**
   * Resolves the layouts.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack threads
   */
  public static ThreadDetails of(Machine machine) {
    return new ThreadDetails(machine.kernelSpace(), ThreadDetailLayout.resolve(machine.symbols()));
  }

  /** The name that the program gave it. */
  public Optional<String> name(Ethread thread) throws IOException {
    long at = address(layout.threadName(), thread);
    int width = kernel.pointerSize();
    Optional<byte[]> header =
        kernel.isKernel(at) ? kernel.map(at, UnicodeString.size(width)) : Optional.empty();
    return header.isEmpty()
        ? Optional.empty()
        : UnicodeString.in(header.get(), 0, width).read(kernel).filter(text -> !text.isEmpty());
  }

  /** Priority that the scheduler uses. */
  public OptionalInt priority(Ethread thread) {
    return signed(layout.priority(), thread);
  }

  /** Priority without boosts. */
  public OptionalInt basePriority(Ethread thread) {
    return signed(layout.basePriority(), thread);
  }

  /** How often it was given a processor. */
  public OptionalLong contextSwitches(Ethread thread) {
    return layout.contextSwitches().isPresent()
        ? OptionalLong.of(layout.contextSwitches().get().in(thread.bytes(), 0))
        : OptionalLong.empty();
  }

  /** Where its kernel stack begins, 0 when unknown. */
  public long stackBase(Ethread thread) {
    return address(layout.stackBase(), thread);
  }

  /** Lowest address of its kernel stack, 0 when unknown. */
  public long stackLimit(Ethread thread) {
    return address(layout.stackLimit(), thread);
  }

  /** Where its kernel stack stands, 0 when unknown. */
  public long kernelStack(Ethread thread) {
    return address(layout.kernelStack(), thread);
  }

  /** Address of its trap frame, 0 for none. */
  public long trapFrame(Ethread thread) {
    return address(layout.trapFrame(), thread);
  }

  /** Whether hardware breakpoints are in use. */
  public Optional<Boolean> debugActive(Ethread thread) {
    // The low bits say which breakpoints; the byte is 0 when there are none.
    return layout.debugActive().map(field -> field.in(thread.bytes(), 0) != 0);
  }

  /** Whether it acts as somebody else. */
  public Optional<Boolean> impersonating(Ethread thread) {
    return layout.impersonating().map(field -> field.in(thread.bytes(), 0) != 0);
  }

  /** Reference to the token that it acts with, 0 when unknown. */
  public long impersonationToken(Ethread thread) {
    return address(layout.impersonationToken(), thread);
  }

  /** Whether debuggers are not told of it. */
  public Optional<Boolean> hiddenFromDebugger(Ethread thread) {
    return layout.hideFromDebugger().map(field -> field.in(thread.bytes(), 0) != 0);
  }

  /** NTSTATUS of its exit. */
  public OptionalInt exitStatus(Ethread thread) {
    return layout.exitStatus().isPresent()
        ? OptionalInt.of((int) layout.exitStatus().get().in(thread.bytes(), 0))
        : OptionalInt.empty();
  }

  /**
   * What the processor saved when the thread left user mode.
   *
   * @param rip instruction pointer
   * @param rsp stack pointer
   * @param debug0 first breakpoint; meaningless unless breakpoints are in use, like the others
   * @param debug1 second breakpoint
   * @param debug2 third breakpoint
   * @param debug3 fourth breakpoint
   * @param debug7 debug control register
   */
  public record Registers(
      long rip, long rsp, long debug0, long debug1, long debug2, long debug3, long debug7) {}

  /** The registers in its trap frame; empty when there is none or it is absent. */
  public Optional<Registers> registers(Ethread thread) throws IOException {
    long at = trapFrame(thread);
    if (!kernel.isKernel(at) || layout.frame().isEmpty()) {
      return Optional.empty();
    }
    ThreadDetailLayout.Frame frame = layout.frame().get();
    return kernel
        .map(at, frame.size())
        .map(
            bytes ->
                new Registers(
                    kernel.pointer(bytes, frame.rip()),
                    kernel.pointer(bytes, frame.rsp()),
                    kernel.pointer(bytes, frame.dr0()),
                    kernel.pointer(bytes, frame.dr0() + kernel.pointerSize()),
                    kernel.pointer(bytes, frame.dr0() + 2 * kernel.pointerSize()),
                    kernel.pointer(bytes, frame.dr0() + 3 * kernel.pointerSize()),
                    kernel.pointer(bytes, frame.dr7())));
  }

  /**
   * Bounds of a user stack.
   *
   * @param base where it begins
   * @param limit lowest committed address
   */
  public record UserStack(long base, long limit) {}

  /** The user stack by the TEB; empty when the TEB is absent or says nothing sensible. */
  public static Optional<UserStack> userStack(Ethread thread, AddressSpace space)
      throws IOException {
    Optional<byte[]> tib =
        thread.teb() <= 0
            ? Optional.empty()
            : space.map(thread.teb(), TIB_POINTERS * space.pointerSize());
    return tib.map(
            bytes ->
                new UserStack(
                    space.pointer(bytes, space.pointerSize()),
                    space.pointer(bytes, 2 * space.pointerSize())))
        .filter(stack -> stack.base() > 0 && stack.limit() > 0 && stack.limit() <= stack.base());
  }

  private static OptionalInt signed(Optional<U8Field> field, Ethread thread) {
    return field.isPresent()
        ? OptionalInt.of((byte) field.get().in(thread.bytes(), 0))
        : OptionalInt.empty();
  }

  private static long address(Optional<PointerField> field, Ethread thread) {
    return field.isPresent() ? field.get().in(thread.bytes(), 0) : 0;
  }
}
