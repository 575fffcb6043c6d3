package io.memlake.testdata.process;

import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.truth.HandleTruth;
import io.memlake.testdata.truth.ModuleTruth;
import io.memlake.testdata.truth.Presence;
import io.memlake.testdata.truth.VadTruth;
import java.util.ArrayList;
import java.util.List;

/** A process while the machine is put together: what is known of it so far. */
public final class DraftProcess {

  final ProcessSpec spec;
  final KernelObject object;
  final AddressSpace space;
  final long pid;
  final long ppid;
  final long createTime;
  final long exitTime;
  final List<ModuleTruth> modules = new ArrayList<>();
  final List<ModuleTruth> modules32 = new ArrayList<>();
  final List<HandleTruth> handles = new ArrayList<>();
  List<VadTruth> vads = List.of();
  Threads threads;
  UserMemory memory;
  ProcessEnvironment environment;
  long peb;
  long peb32;
  long objectTable;

  DraftProcess(
      ProcessSpec spec,
      KernelObject object,
      AddressSpace space,
      long pid,
      long ppid,
      long createTime,
      long exitTime) {
    this.spec = spec;
    this.object = object;
    this.space = space;
    this.pid = pid;
    this.ppid = ppid;
    this.createTime = createTime;
    this.exitTime = exitTime;
  }

  /** Its kernel object. */
  public KernelObject object() {
    return object;
  }

  /** Its address space. */
  public AddressSpace space() {
    return space;
  }

  /** Its id. */
  public long pid() {
    return pid;
  }

  /** What was asked for. */
  public ProcessSpec spec() {
    return spec;
  }

  /** Whether it is listed. */
  public boolean isListed() {
    return spec.presence.isListed();
  }

  /** Whether it has not ended. */
  public boolean isRunning() {
    return spec.presence.isRunning();
  }

  /** Whether its page tables still exist. */
  public boolean hasPageTables() {
    return spec.presence != Presence.FREED;
  }

  /** What the kernel keeps of its name. */
  public String shortName() {
    return ProcessFactory.shortName(spec.name);
  }

  /** Records a handle. */
  public void addHandle(HandleTruth handle) {
    handles.add(handle);
  }

  /** Records where its handle table lies. */
  public void setObjectTable(long address) {
    objectTable = address;
  }

  /** Kernel objects of its running threads. */
  public List<KernelObject> runningThreads() {
    return threads.running();
  }

  /** The ids of its running threads, in the order of {@link #runningThreads}. */
  public List<Long> runningThreadIds() {
    return threads.truths().stream()
        .filter(thread -> thread.exitTime() == 0)
        .map(thread -> thread.tid())
        .toList();
  }

  /** Its memory regions. */
  public List<VadTruth> vads() {
    return List.copyOf(vads);
  }
}
