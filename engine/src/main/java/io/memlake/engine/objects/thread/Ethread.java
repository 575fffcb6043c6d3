package io.memlake.engine.objects.thread;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.process.ProcessRules;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.U8Field;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A thread as the kernel keeps it: the bytes of an {@code _ETHREAD} and its layout. */
public final class Ethread {
  /** {@code KTHREAD_STATE} of a thread that has exited. */
  static final int STATE_TERMINATED = 4;

  private static final int DISPATCHER_TYPE_THREAD = 6;
  private static final long SYSTEM_PID = 4;

  private final long virtualAddress;
  private final long physicalAddress;
  private final byte[] bytes;
  private final EthreadLayout layout;

  /**
   * A view of bytes that were read.
   *
   * @param virtualAddress 0 when no page table maps it
   * @param physicalAddress {@link AddressSpace#ABSENT} when its page left RAM
   * @param bytes {@code layout.size()} of them
   */
  public Ethread(long virtualAddress, long physicalAddress, byte[] bytes, EthreadLayout layout) {
    if (bytes.length < layout.size()) {
      throw new IllegalArgumentException("An ETHREAD has " + layout.size() + " bytes");
    }
    this.virtualAddress = virtualAddress;
    this.physicalAddress = physicalAddress;
    this.bytes = bytes;
    this.layout = layout;
  }

  /** Reads the structure through the kernel's space; empty when a page of it is absent. */
  public static Optional<Ethread> read(Machine machine, EthreadLayout layout, long at)
      throws IOException {
    Optional<byte[]> bytes = machine.kernelSpace().map(at, layout.size());
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Ethread(at, machine.kernelSpace().translate(at), bytes.get(), layout));
  }

  /** The structure. */
  byte[] bytes() {
    return bytes;
  }

  /** Virtual address of the structure, 0 when it is not mapped. */
  public long virtualAddress() {
    return virtualAddress;
  }

  /** Physical address of the structure, {@link AddressSpace#ABSENT} when its page left RAM. */
  public long physicalAddress() {
    return physicalAddress;
  }

  /** Process id of the owner. */
  public long uniqueProcess() {
    return layout.uniqueProcess().in(bytes, 0);
  }

  /** Thread id. */
  public long uniqueThread() {
    return layout.uniqueThread().in(bytes, 0);
  }

  /** Virtual address of the owner's EPROCESS, 0 when unknown. */
  public long process() {
    return address(layout.process());
  }

  /** FILETIME of creation; NT 5 keeps it shifted by three bits. */
  public long createTime() {
    long value = layout.createTime().in(bytes, 0);
    return ProcessRules.isTime(value) || !ProcessRules.isTime(value >>> 3) ? value : value >>> 3;
  }

  /** FILETIME of exit; empty while the thread lives, when the field has other uses. */
  public OptionalLong exitTime() {
    OptionalInt state = state();
    if (state.isEmpty() || state.getAsInt() != STATE_TERMINATED || layout.exitTime().isEmpty()) {
      return OptionalLong.empty();
    }
    long value = layout.exitTime().get().in(bytes, 0);
    return ProcessRules.isTime(value) ? OptionalLong.of(value) : OptionalLong.empty();
  }

  /** Where the kernel started it, 0 when unknown. */
  public long startAddress() {
    return address(layout.startAddress());
  }

  /** The thread function in user mode, 0 when unknown. */
  public long win32StartAddress() {
    return address(layout.win32StartAddress());
  }

  /** Address of the thread environment block, 0 when it has none. */
  public long teb() {
    return address(layout.teb());
  }

  /** Whether it has exited. */
  public boolean ended() {
    return state().isPresent() && state().getAsInt() == STATE_TERMINATED;
  }

  /** {@code KTHREAD_STATE}. */
  public OptionalInt state() {
    return number(layout.state());
  }

  /** {@code KWAIT_REASON}. */
  public OptionalInt waitReason() {
    return number(layout.waitReason());
  }

  /** The first rule of real threads that this one breaks, in words; empty when it is sound. */
  public Optional<String> violation() {
    if ((bytes[0] & 0x7F) != DISPATCHER_TYPE_THREAD) {
      return Optional.of("its dispatcher header is not of a thread");
    }
    if (!isId(uniqueThread()) || uniqueThread() == 0) {
      return Optional.of("its thread id is none");
    }
    if (!isId(uniqueProcess())) {
      return Optional.of("its process id is none");
    }
    long created = createTime();
    // Threads of System may be made before the clock runs.
    if (created != 0 && uniqueProcess() != SYSTEM_PID && !ProcessRules.isTime(created)) {
      return Optional.of("its creation time is out of range");
    }
    return Optional.empty();
  }

  private static boolean isId(long id) {
    return id >= 0 && id <= Integer.MAX_VALUE && (id & 3) == 0;
  }

  private OptionalInt number(Optional<U8Field> field) {
    return field.isPresent() ? OptionalInt.of(field.get().in(bytes, 0)) : OptionalInt.empty();
  }

  private long address(Optional<PointerField> field) {
    return field.isPresent() ? field.get().in(bytes, 0) : 0;
  }
}
