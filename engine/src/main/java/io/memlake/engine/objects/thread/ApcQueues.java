package io.memlake.engine.objects.thread;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.BitsField;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the routines that wait to run in threads. The layout is resolved once for a machine. */
public final class ApcQueues {
  /** More routines than any program queues to a thread; bounds a list that was made endless. */
  static final int MAXIMUM_APCS = 4096;

  private final AddressSpace kernel;
  private final Optional<ApcLayout> layout;

  private ApcQueues(AddressSpace kernel, Optional<ApcLayout> layout) {
    this.kernel = kernel;
    this.layout = layout;
  }

  /**
   * Resolves the layout.
   *
   * @throws io.memlake.engine.symbols.MissingSymbolException when the symbols lack threads
   */
  public static ApcQueues of(Machine machine) {
    return new ApcQueues(machine.kernelSpace(), ApcLayout.resolve(machine.symbols()));
  }

  /** Whether this kernel's layout has the lists. */
  public boolean known() {
    return layout.isPresent();
  }

  /**
   * What waits in one of a thread's two queues.
   *
   * @param routines their normal routines, in order; 0 for special kernel routines, and for those
   *     whose own memory is absent
   * @param whole whether the lists were sound
   */
  public record Queue(List<Long> routines, boolean whole) {
    private static final Queue EMPTY = new Queue(List.of(), true);

    /** Copies the list. */
    public Queue {
      routines = List.copyOf(routines);
    }
  }

  /** Routines for kernel mode; empty when the thread is not mapped or the layout lacks them. */
  public Optional<Queue> kernelMode(Ethread thread) throws IOException {
    return queue(thread, 0);
  }

  /** Routines for user mode, like {@link #kernelMode}. */
  public Optional<Queue> userMode(Ethread thread) throws IOException {
    return queue(thread, 1);
  }

  private Optional<Queue> queue(Ethread thread, int mode) throws IOException {
    if (layout.isEmpty() || thread.virtualAddress() == 0) {
      return Optional.empty();
    }
    int head = mode * 2 * kernel.pointerSize();
    if (isEmpty(thread, layout.get().lists() + head) && !isAttached(thread)) {
      return Optional.of(Queue.EMPTY);
    }
    List<Long> routines = new ArrayList<>();
    boolean whole = walk(thread.virtualAddress() + layout.get().lists() + head, routines);
    if (isAttached(thread) && layout.get().savedLists().isPresent()) {
      long saved = thread.virtualAddress() + layout.get().savedLists().get() + head;
      whole &= walk(saved, routines);
    }
    return Optional.of(new Queue(routines, whole));
  }

  /** Whether a head that lies in the thread itself points to itself: the usual case. */
  private boolean isEmpty(Ethread thread, int head) {
    long address = thread.virtualAddress() + head;
    return kernel.pointer(thread.bytes(), head) == address
        && kernel.pointer(thread.bytes(), head + kernel.pointerSize()) == address;
  }

  private boolean walk(long head, List<Long> routines) throws IOException {
    ListWalk walk = ListWalk.of(kernel, head, kernel.pointerSize(), MAXIMUM_APCS);
    byte[] routine = new byte[kernel.pointerSize()];
    for (ListMember member : walk.members()) {
      long apc = member.links() - layout.get().links();
      boolean there =
          kernel.read(apc + layout.get().normalRoutine().offset(), routine, 0, routine.length);
      routines.add(there ? kernel.pointer(routine, 0) : 0);
    }
    return walk.breaks().isEmpty();
  }

  /** Whether the kernel marked routines of its own as due. */
  public Optional<Boolean> kernelPending(Ethread thread) {
    return flag(layout.flatMap(ApcLayout::kernelPending), thread);
  }

  /** Whether the kernel marked routines for user mode as due. */
  public Optional<Boolean> userPending(Ethread thread) {
    return flag(layout.flatMap(ApcLayout::userPending), thread);
  }

  /** Whether routines can be queued at all. */
  public Optional<Boolean> queueable(Ethread thread) {
    return flag(layout.flatMap(ApcLayout::queueable), thread);
  }

  /** Whether the thread waits so that routines for user mode may run. */
  public Optional<Boolean> alertable(Ethread thread) {
    return flag(layout.flatMap(ApcLayout::alertable), thread);
  }

  /** The EPROCESS in whose memory it works, when that is not its own. */
  public OptionalLong attachedProcess(Ethread thread) {
    boolean known = layout.flatMap(ApcLayout::process).isPresent() && isAttached(thread);
    long process = known ? layout.get().process().get().in(thread.bytes(), 0) : 0;
    return kernel.isKernel(process) && process != thread.process()
        ? OptionalLong.of(process)
        : OptionalLong.empty();
  }

  private boolean isAttached(Ethread thread) {
    Optional<BitsField> index = layout.flatMap(ApcLayout::stateIndex);
    return index.isPresent() && index.get().in(thread.bytes(), 0) == 1;
  }

  private static Optional<Boolean> flag(Optional<BitsField> field, Ethread thread) {
    return field.map(bits -> bits.in(thread.bytes(), 0) != 0);
  }
}
