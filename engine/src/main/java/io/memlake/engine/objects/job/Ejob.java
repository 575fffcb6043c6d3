package io.memlake.engine.objects.job;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.engine.symbols.PointerField;
import io.memlake.engine.symbols.U32Field;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A job as the kernel keeps it: the bytes of an {@code _EJOB} and its layout. */
public final class Ejob {
  /** An {@code _EJOB} begins with the event that is set when its last process ends. */
  private static final int DISPATCHER_TYPE_EVENT = 0;

  /** More processes than any machine has run at once. */
  private static final long MAXIMUM_PROCESSES = 1 << 20;

  private static final int LINKS_ALIGNMENT = 7;

  private final long virtualAddress;
  private final long physicalAddress;
  private final byte[] bytes;
  private final EjobLayout layout;

  /**
   * A view of bytes that were read.
   *
   * @param virtualAddress 0 when no page table maps it
   * @param physicalAddress {@link AddressSpace#ABSENT} when its page left RAM
   * @param bytes {@code layout.size()} of them
   */
  public Ejob(long virtualAddress, long physicalAddress, byte[] bytes, EjobLayout layout) {
    if (bytes.length < layout.size()) {
      throw new IllegalArgumentException("An EJOB has " + layout.size() + " bytes");
    }
    this.virtualAddress = virtualAddress;
    this.physicalAddress = physicalAddress;
    this.bytes = bytes;
    this.layout = layout;
  }

  /** Reads the structure through the kernel's space; empty when a page of it is absent. */
  public static Optional<Ejob> read(Machine machine, EjobLayout layout, long at)
      throws IOException {
    AddressSpace space = machine.kernelSpace();
    if (!space.isKernel(at)) {
      return Optional.empty();
    }
    Optional<byte[]> bytes = space.map(at, layout.size());
    return bytes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Ejob(at, space.translate(at), bytes.get(), layout));
  }

  /** Whether it has what every job has: an event at its start, links, counts that can be. */
  public boolean sound() {
    boolean event = (bytes[0] & 0x7F) == DISPATCHER_TYPE_EVENT;
    return event
        && isLink(layout.jobLinks())
        && isLink(layout.processListHead())
        && activeProcesses() <= MAXIMUM_PROCESSES
        && totalProcesses() >= activeProcesses();
  }

  private boolean isLink(int offset) {
    long link = LittleEndian.i64(bytes, offset);
    return link < 0 && (link & LINKS_ALIGNMENT) == 0;
  }

  /** Virtual address of the structure, 0 when it is not mapped. */
  public long virtualAddress() {
    return virtualAddress;
  }

  /** Physical address of the structure, {@link AddressSpace#ABSENT} when its page left RAM. */
  public long physicalAddress() {
    return physicalAddress;
  }

  /** Processes that were ever in it. */
  public long totalProcesses() {
    return layout.totalProcesses().in(bytes, 0);
  }

  /** Processes that are in it and run. */
  public long activeProcesses() {
    return layout.activeProcesses().in(bytes, 0);
  }

  /** Processes that its limits ended. */
  public OptionalLong terminatedProcesses() {
    return number(layout.terminatedProcesses());
  }

  /** Its limits, see {@link JobLimits}. */
  public long limitFlags() {
    return layout.limitFlags().in(bytes, 0);
  }

  /** How many processes may run in it, where {@link #limitFlags} says so. */
  public OptionalLong activeProcessLimit() {
    return number(layout.activeProcessLimit());
  }

  /** Priority class of its processes, where {@link #limitFlags} says so. */
  public OptionalInt priorityClass() {
    return layout.priorityClass().isPresent()
        ? OptionalInt.of(layout.priorityClass().get().in(bytes, 0))
        : OptionalInt.empty();
  }

  /** Bytes that one process may commit, where {@link #limitFlags} says so. */
  public OptionalLong processMemoryLimit() {
    return pages(layout.processMemoryLimit());
  }

  /** Bytes that all processes may commit, where {@link #limitFlags} says so. */
  public OptionalLong jobMemoryLimit() {
    return pages(layout.jobMemoryLimit());
  }

  /** Bytes that all processes had committed at most. */
  public OptionalLong peakJobMemory() {
    return pages(layout.peakJobMemory());
  }

  /** What its processes may not do on a desktop, see {@link JobLimits}. */
  public OptionalLong uiRestrictions() {
    return number(layout.uiRestrictions());
  }

  /** Session of its maker. */
  public OptionalLong sessionId() {
    return number(layout.sessionId());
  }

  /** Its number. */
  public OptionalLong jobId() {
    return number(layout.jobId());
  }

  /** Virtual address of the job around it, 0 for none. */
  public long parentJob() {
    return layout.parentJob().isPresent() ? layout.parentJob().get().in(bytes, 0) : 0;
  }

  /** Whether it is a container. */
  public Optional<Boolean> serverSilo() {
    return layout.serverSilo().map(field -> field.in(bytes, 0) != 0);
  }

  private OptionalLong number(Optional<U32Field> field) {
    return field.isPresent() ? OptionalLong.of(field.get().in(bytes, 0)) : OptionalLong.empty();
  }

  /** The kernel counts memory of jobs in pages. */
  private OptionalLong pages(Optional<PointerField> field) {
    if (field.isEmpty()) {
      return OptionalLong.empty();
    }
    long pages = field.get().in(bytes, 0);
    boolean possible = pages >= 0 && pages <= Long.MAX_VALUE >>> PhysicalMemory.PAGE_SHIFT;
    return possible ? OptionalLong.of(pages << PhysicalMemory.PAGE_SHIFT) : OptionalLong.empty();
  }
}
