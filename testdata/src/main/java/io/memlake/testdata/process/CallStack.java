package io.memlake.testdata.process;

import io.memlake.testdata.memory.AddressSpace;
import io.memlake.testdata.pe.CodeLibrary;
import io.memlake.testdata.pe.CodeLibrary.Place;
import io.memlake.testdata.pe.FunctionShape;
import io.memlake.testdata.truth.FrameTruth;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs calls forward as a processor would: each function's prologue moves registers to the stack,
 * each call leaves where it returns to. What is on the stack in the end is what a debugger sees.
 */
final class CallStack {

  /** The functions, from the first call to leaves; each uses another form of unwind data. */
  private static final List<FunctionShape> FUNCTIONS =
      List.of(
          new FunctionShape("Start").allocate(0x48),
          new FunctionShape("FramePointer").push(5, 3).allocate(0x60).frame(5, 0x20, 0x140),
          new FunctionShape("LargeRoom").push(7).allocate(0x1230).save(12, 0x1200),
          new FunctionShape("HugeRoom").push(6).allocate(0x3000),
          new FunctionShape("Chained")
              .push(3)
              .allocate(0x40)
              .chained()
              .save(14, 0x28)
              .save(5, 0x20),
          new FunctionShape("Pushes").push(3, 5, 6, 7, 12, 13, 14, 15).allocate(0x28),
          new FunctionShape("SecondVersion").secondVersion().push(5, 15).allocate(0x38),
          new FunctionShape("SystemCall"));

  /** Where code and tables of the library lie in its image. */
  static final int CODE_RVA = 0x1000;

  static final int UNWIND_RVA = 0x5000;
  static final int TABLE_RVA = 0x5800;

  /** The image of the library. */
  static final ModuleSpec MODULE = ModuleSpec.x64("C:\\Program Files\\Stacks\\stacks.dll", 0x6000);

  /** Threads that {@link #of} knows. */
  static final int THREADS = 4;

  /** Bytes of stack that need frames. */
  static final int USED = 0x8000;

  private static final int RSP = 4;
  private static final int[] KEPT = {3, 5, 6, 7, 12, 13, 14, 15};

  private final AddressSpace space;
  private final long base;
  private final SplittableRandom random;
  private final long[] registers = new long[16];
  private final List<FrameTruth> callers = new ArrayList<>();

  /**
   * An empty stack.
   *
   * @param base where the library is mapped
   * @param top where the first function finds its return address, which is none
   */
  CallStack(AddressSpace space, long base, long top, SplittableRandom random) {
    this.space = space;
    this.base = base;
    this.random = random;
    for (int register : KEPT) {
      registers[register] = random.nextLong() | 1L << 62;
    }
    registers[RSP] = top;
  }

  /**
   * The stack of one of four threads: one in a system call, one interrupted in a prologue, one in
   * an epilogue, one that came through code outside of images.
   */
  CallStack of(int thread, long foreign) {
    through("Start").through("FramePointer");
    return switch (thread) {
      case 0 ->
          through("LargeRoom")
              .through("HugeRoom")
              .through("Chained")
              .through("Pushes")
              .through("SecondVersion")
              .stopInLeaf("SystemCall");
      case 1 -> through("Chained").stopInPrologue("Pushes", 3);
      case 2 -> through("SecondVersion").through("Chained").stopInEpilogue("Pushes", 2);
      default ->
          through("Pushes")
              .throughForeign(foreign, 0x58)
              .through("LargeRoom")
              .stopInLeaf("SystemCall");
    };
  }

  /** The library. */
  static CodeLibrary library() {
    return new CodeLibrary(CODE_RVA, UNWIND_RVA, FUNCTIONS);
  }

  /** A function may only change what it saved. */
  private void change(Place place) {
    for (FunctionShape.Step step : place.shape().steps()) {
      if (step.kind() == FunctionShape.Kind.PUSH || step.kind() == FunctionShape.Kind.SAVE) {
        registers[step.register()] = random.nextLong() | 1L << 62;
      }
    }
  }

  private static Place place(String function) {
    return library().place(function);
  }

  /** Goes through a function up to its call, and calls. */
  CallStack through(String function) {
    Place place = place(function);
    prologue(place, place.steps().size());
    registers[RSP] -= place.shape().dynamicRoom();
    if (place.shape().dynamicRoom() == 0) {
      change(place);
    }
    call(function, base + place.afterCall());
    return this;
  }

  /** Calls from code that lies in no image, such as injected code. */
  CallStack throughForeign(long address, int room) {
    registers[RSP] -= room;
    call("", address);
    return this;
  }

  private void call(String function, long returnsTo) {
    callers.add(0, new FrameTruth(function, returnsTo, registers[RSP]));
    push(returnsTo);
  }

  /** Stops in a leaf, as in a system call. */
  CallStack stopInLeaf(String function) {
    Place place = place(function);
    stop(function, base + place.afterCall());
    return this;
  }

  /** Stops behind some instructions of a prologue. */
  CallStack stopInPrologue(String function, int done) {
    Place place = place(function);
    prologue(place, done);
    stop(function, base + (done == 0 ? place.begin() : place.steps().get(done - 1)));
    return this;
  }

  /** Stops before an instruction of an epilogue. */
  CallStack stopInEpilogue(String function, int done) {
    Place place = place(function);
    long entered = registers[RSP];
    prologue(place, place.steps().size());
    long pushes =
        place.shape().steps().stream()
            .filter(step -> step.kind() == FunctionShape.Kind.PUSH)
            .count();
    if (done > 0) {
      registers[RSP] = entered - (pushes - (done - 1)) * Long.BYTES;
    }
    stop(function, base + place.epilogue().get(done));
    return this;
  }

  private void stop(String function, long at) {
    callers.add(0, new FrameTruth(function, at, registers[RSP]));
  }

  private void prologue(Place place, int count) {
    for (FunctionShape.Step step : place.shape().steps().subList(0, count)) {
      switch (step.kind()) {
        case PUSH -> push(registers[step.register()]);
        case ALLOCATE -> registers[RSP] -= step.amount();
        case SET_FRAME -> registers[step.register()] = registers[RSP] + step.amount();
        case SAVE -> space.writeLong(registers[RSP] + step.amount(), registers[step.register()]);
        default -> throw new IllegalStateException();
      }
    }
  }

  private void push(long value) {
    registers[RSP] -= Long.BYTES;
    space.writeLong(registers[RSP], value);
  }

  /** Value of a register. */
  long register(int number) {
    return registers[number];
  }

  /** The calls, the last first. */
  List<FrameTruth> frames() {
    return List.copyOf(callers);
  }
}
