package io.memlake.testdata.process;

import io.memlake.testdata.layout.StructLayout;
import io.memlake.testdata.memory.Access;
import io.memlake.testdata.memory.LinkedLists;
import io.memlake.testdata.memory.Struct;
import io.memlake.testdata.objects.Boot;
import io.memlake.testdata.objects.KernelObject;
import io.memlake.testdata.objects.ObjectRequest;
import io.memlake.testdata.truth.FrameTruth;
import io.memlake.testdata.truth.ThreadTruth;
import java.util.ArrayList;
import java.util.List;

/** Writes the threads of a process: {@code _ETHREAD}, kernel stack, TEB and user stack. */
final class Threads {

  private static final int PAGE = 0x1000;
  private static final int KERNEL_STACK_PAGES = 6;
  private static final int TRAP_FRAME_SIZE = 0x190;
  private static final int USER_STACK_SIZE = 0x80000;
  private static final int DISPATCHER_THREAD = 6;
  private static final int STATE_TERMINATED = 4;
  private static final int STATE_WAITING = 5;
  private static final int WAIT_USER_REQUEST = 6;
  private static final int FLAG_TERMINATED = 1;
  private static final int OBJECT_ALIGNMENT = 64;

  /**
   * A thread to make.
   *
   * @param tid its id
   * @param startAddress where the kernel starts it
   * @param win32StartAddress what the program asked for
   * @param teb address of its TEB, reserved; 0 for none
   * @param createTime when it starts
   * @param exitTime when it ended; 0 while it runs
   */
  record Plan(
      long tid,
      long startAddress,
      long win32StartAddress,
      long teb,
      long createTime,
      long exitTime) {}

  private final Boot boot;
  private final KernelObject process;
  private final long pid;
  private final UserMemory memory;
  private final long peb;
  private long stacksBase;
  private long foreignCode;
  private final List<ThreadTruth> truths = new ArrayList<>();
  private final List<KernelObject> running = new ArrayList<>();

  /**
   * Threads of a process.
   *
   * @param memory its user half, or null for a process without one
   */
  Threads(Boot boot, KernelObject process, long pid, UserMemory memory, long peb) {
    this.boot = boot;
    this.process = process;
    this.pid = pid;
    this.memory = memory;
    this.peb = peb;
  }

  /** Threads from now on have calls on their user stacks, through a library at this place. */
  void withCallStacks(long libraryBase) {
    stacksBase = libraryBase;
    foreignCode = memory.reserve(PAGE, Protection.EXECUTE_READ_WRITE);
    memory.space().map(foreignCode, Access.USER_EXECUTE_READ_WRITE);
    memory.space().writeNumber(foreignCode, 4, 0x90909090L);
  }

  /** Writes one thread. */
  void add(Plan plan) {
    List<FrameTruth> frames = List.of();
    StructLayout layout = boot.struct("_ETHREAD");
    KernelObject object =
        boot.objects()
            .create(
                new ObjectRequest("Thread", layout.size())
                    .quota()
                    .aligned(OBJECT_ALIGNMENT)
                    .counts(plan.exitTime() == 0 ? 3 : 1, plan.exitTime() == 0 ? 1 : 0));
    boolean ended = plan.exitTime() != 0;
    Struct thread = new Struct(boot.space(), object.body(), layout);
    thread
        .set("Tcb.Header.Type", DISPATCHER_THREAD)
        .set("Tcb.Process", process.body())
        .set("Tcb.ApcState.Process", process.body())
        .set("Tcb.State", ended ? STATE_TERMINATED : STATE_WAITING)
        .set("Tcb.WaitReason", WAIT_USER_REQUEST)
        .set("Tcb.Priority", 9)
        .set("Tcb.BasePriority", 8)
        .set("Tcb.PreviousMode", plan.teb() == 0 ? 0 : 1)
        .set("Tcb.Teb", ended ? 0 : plan.teb())
        .set("Tcb.ContextSwitches", 100 + boot.random().nextInt(100_000))
        .setEmptyList("Tcb.MutantListHead")
        .set("CreateTime", plan.createTime())
        .set("ExitTime", plan.exitTime())
        .set("StartAddress", plan.startAddress())
        .set("Win32StartAddress", plan.win32StartAddress())
        .set("Cid.UniqueProcess", pid)
        .set("Cid.UniqueThread", plan.tid())
        .set("CrossThreadFlags", ended ? FLAG_TERMINATED : 0)
        .setEmptyList("IrpList")
        .setEmptyList("ThreadListEntry")
        .setEmptyList("Tcb.ThreadListEntry");
    if (!ended) {
      kernelStack(thread);
      if (plan.teb() != 0) {
        frames = writeTeb(plan, thread);
      }
      running.add(object);
    }
    truths.add(
        new ThreadTruth(
            plan.tid(),
            object.body(),
            boot.space().physical(object.body()),
            plan.startAddress(),
            plan.win32StartAddress(),
            plan.teb(),
            plan.createTime(),
            plan.exitTime(),
            frames));
  }

  /** Only the top page of a stack has content; the pages below were never touched or left RAM. */
  private void kernelStack(Struct thread) {
    long limit = boot.systemPtes().reserve(KERNEL_STACK_PAGES);
    long base = limit + KERNEL_STACK_PAGES * (long) PAGE;
    boot.space().map(base - PAGE, Access.KERNEL_READ_WRITE);
    thread
        .set("Tcb.InitialStack", base - 0x10)
        .set("Tcb.StackBase", base)
        .set("Tcb.StackLimit", limit)
        .set("Tcb.KernelStack", base - 0x600)
        .set("Tcb.TrapFrame", base - 0x10 - TRAP_FRAME_SIZE);
    boot.space().writeLong(base - 0x600, boot.kernel().address("KiSystemCall64") + 0x55);
  }

  private List<FrameTruth> writeTeb(Plan plan, Struct thread) {
    StructLayout layout = boot.struct("_TEB");
    long stack = memory.reserve(USER_STACK_SIZE, Protection.READ_WRITE);
    long top = stack + USER_STACK_SIZE;
    int used = stacksBase == 0 ? PAGE : CallStack.USED;
    memory.space().mapRange(top - used, used, Access.USER_READ_WRITE);
    memory.space().mapRange(plan.teb(), layout.size(), Access.USER_READ_WRITE);
    new Struct(memory.space(), plan.teb(), layout)
        .set("NtTib.StackBase", top)
        .set("NtTib.StackLimit", top - used)
        .set("NtTib.Self", plan.teb())
        .set("ClientId.UniqueProcess", pid)
        .set("ClientId.UniqueThread", plan.tid())
        .set("ProcessEnvironmentBlock", peb);
    if (stacksBase == 0) {
      memory.space().writeLong(top - 0x28, plan.startAddress() + 0x21);
      return List.of();
    }
    CallStack calls =
        new CallStack(memory.space(), stacksBase, top - 0x28, boot.random().split())
            .of(running.size() % CallStack.THREADS, foreignCode + 0x20);
    long frame = boot.space().readNumber(thread.addressOf("Tcb.TrapFrame"), Long.BYTES);
    TrapFrame.write(boot.space(), frame, calls);
    return calls.frames();
  }

  /** Links the running threads into both lists of the process. */
  void link(Struct eprocess) {
    StructLayout layout = boot.struct("_ETHREAD");
    List<Long> bodies = running.stream().map(KernelObject::body).toList();
    int executive = layout.offset("ThreadListEntry");
    int kernel = layout.offset("Tcb.ThreadListEntry");
    LinkedLists.link(
        boot.space(),
        eprocess.addressOf("ThreadListHead"),
        bodies.stream().map(body -> body + executive).toList());
    LinkedLists.link(
        boot.space(),
        eprocess.addressOf("Pcb.ThreadListHead"),
        bodies.stream().map(body -> body + kernel).toList());
    eprocess
        .set("ActiveThreads", running.size())
        .setIfPresent("ActiveThreadsHighWatermark", truths.size());
  }

  List<ThreadTruth> truths() {
    return truths;
  }

  List<KernelObject> running() {
    return running;
  }
}
