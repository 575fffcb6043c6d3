package io.memlake.testdata.pe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Machine code of functions, with the tables that tell how it is unwound: {@code .pdata} and {@code
 * .xdata} as the description of x64 exception handling has them.
 */
public final class CodeLibrary {

  private static final int ALIGNMENT = 16;
  private static final int CHAINED = 4;
  private static final int RSP = 4;

  private final int codeRva;
  private final ByteArrayOutputStream code = new ByteArrayOutputStream();
  private final ByteArrayOutputStream unwind = new ByteArrayOutputStream();
  private final List<int[]> entries = new ArrayList<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final int unwindRva;

  /**
   * Where parts of a function lie, relative to the base.
   *
   * @param shape what it does
   * @param begin its first byte
   * @param steps where each instruction of its prologue ends
   * @param afterCall where its call returns to
   * @param epilogue where each instruction of its epilogue begins, the return last
   */
  public record Place(
      FunctionShape shape, int begin, List<Integer> steps, int afterCall, List<Integer> epilogue) {

    /** Copies the lists. */
    public Place {
      steps = List.copyOf(steps);
      epilogue = List.copyOf(epilogue);
    }
  }

  /**
   * Makes the code.
   *
   * @param codeRva where it shall lie
   * @param unwindRva where the descriptions shall lie
   */
  public CodeLibrary(int codeRva, int unwindRva, List<FunctionShape> functions) {
    this.codeRva = codeRva;
    this.unwindRva = unwindRva;
    functions.forEach(this::add);
  }

  /** The code. */
  public byte[] code() {
    return code.toByteArray();
  }

  /** The descriptions. */
  public byte[] unwindInfo() {
    return unwind.toByteArray();
  }

  /** The table of functions. */
  public byte[] table() {
    ByteBuffer out = ByteBuffer.allocate(entries.size() * 12).order(ByteOrder.LITTLE_ENDIAN);
    entries.forEach(entry -> out.putInt(entry[0]).putInt(entry[1]).putInt(entry[2]));
    return out.array();
  }

  /** Where a function lies. */
  public Place place(String name) {
    return places.get(name);
  }

  /** First bytes of all functions by name. */
  public Map<String, Integer> starts() {
    Map<String, Integer> starts = new LinkedHashMap<>();
    places.forEach((name, place) -> starts.put(name, place.begin()));
    return starts;
  }

  private int here() {
    return codeRva + code.size();
  }

  private void emit(int... bytes) {
    for (int value : bytes) {
      code.write(value);
    }
  }

  private void emitNumber(int value) {
    emit(value, value >>> 8, value >>> 16, value >>> 24);
  }

  private void add(FunctionShape shape) {
    while (code.size() % ALIGNMENT != 0) {
      emit(0xCC);
    }
    int begin = here();
    List<Integer> steps = new ArrayList<>();
    int split = 0;
    for (int i = 0; i < shape.steps.size(); i++) {
      if (i == shape.chainedFrom) {
        // Compilers split where the body begins to need more registers.
        emit(0x90, 0x90, 0x90);
        split = here();
      }
      prologue(shape.steps.get(i));
      steps.add(here());
    }
    if (shape.dynamicRoom != 0) {
      emit(0x48, 0x81, 0xEC);
      emitNumber(shape.dynamicRoom);
    }
    if (shape.steps.isEmpty()) {
      emit(0x0F, 0x05);
    } else {
      emit(0xE8);
      emitNumber(0);
    }
    int afterCall = here();
    emit(0x90);
    List<Integer> epilogue = epilogue(shape);
    int end = here();
    places.put(shape.name, new Place(shape, begin, steps, afterCall, epilogue));
    describe(shape, begin, split, end, steps);
  }

  private void prologue(FunctionShape.Step step) {
    int register = step.register();
    switch (step.kind()) {
      case PUSH -> {
        if (register >= 8) {
          emit(0x41);
        }
        emit(0x50 + (register & 7));
      }
      case ALLOCATE -> {
        emit(0x48, 0x81, 0xEC);
        emitNumber(step.amount());
      }
      case SET_FRAME ->
          emit(register >= 8 ? 0x4C : 0x48, 0x8D, 0x44 | (register & 7) << 3, 0x24, step.amount());
      case SAVE -> {
        emit(register >= 8 ? 0x4C : 0x48, 0x89, 0x84 | (register & 7) << 3, 0x24);
        emitNumber(step.amount());
      }
      default -> throw new IllegalStateException();
    }
  }

  private List<Integer> epilogue(FunctionShape shape) {
    List<Integer> places = new ArrayList<>();
    int room = 0;
    for (FunctionShape.Step step : shape.steps) {
      room += step.kind() == FunctionShape.Kind.ALLOCATE ? step.amount() : 0;
    }
    if (room > 0) {
      places.add(here());
      if (shape.dynamicRoom == 0) {
        emit(0x48, 0x81, 0xC4);
        emitNumber(room);
      } else {
        FunctionShape.Step frame =
            shape.steps.stream()
                .filter(step -> step.kind() == FunctionShape.Kind.SET_FRAME)
                .findFirst()
                .orElseThrow();
        // lea rsp, [frame register + what was allocated before it was set]
        emit(0x48, 0x8D, 0xA0 | frame.register());
        emitNumber(room - frame.amount());
      }
    }
    for (int i = shape.steps.size() - 1; i >= 0; i--) {
      FunctionShape.Step step = shape.steps.get(i);
      if (step.kind() == FunctionShape.Kind.PUSH) {
        places.add(here());
        if (step.register() >= 8) {
          emit(0x41);
        }
        emit(0x58 + (step.register() & 7));
      }
    }
    places.add(here());
    emit(0xC3);
    return places;
  }

  private void describe(FunctionShape shape, int begin, int split, int end, List<Integer> steps) {
    if (shape.steps.isEmpty()) {
      return;
    }
    int primary = Math.min(shape.chainedFrom, shape.steps.size());
    int firstEnd = split == 0 ? end : split;
    int info = info(shape, begin, 0, primary, steps, null);
    int[] first = {begin, firstEnd, info};
    entries.add(first);
    if (split != 0) {
      int rest = info(shape, split, primary, shape.steps.size(), steps, first);
      entries.add(new int[] {split, end, rest});
    }
  }

  private int info(
      FunctionShape shape, int begin, int from, int to, List<Integer> ends, int[] chain) {
    List<Integer> slots = new ArrayList<>();
    if (shape.version == 2) {
      // Size of the epilogue, which ends the function; a second one that there is not.
      slots.add(0x08 | 0x16 << 8);
      slots.add(0x06 << 8);
    }
    int frame = 0;
    for (int i = to - 1; i >= from; i--) {
      FunctionShape.Step step = shape.steps.get(i);
      int offset = ends.get(i) - begin;
      if (step.kind() == FunctionShape.Kind.SET_FRAME) {
        frame = step.register() | step.amount();
      }
      slots(slots, step, offset);
    }
    while (unwind.size() % 4 != 0) {
      unwind.write(0);
    }
    int place = unwindRva + unwind.size();
    unwind.write(shape.version | (chain == null ? 0 : CHAINED << 3));
    unwind.write(to == from ? 0 : ends.get(to - 1) - begin);
    unwind.write(slots.size());
    unwind.write(frame);
    for (int i = 0; i < (slots.size() + 1) / 2 * 2; i++) {
      int slot = i < slots.size() ? slots.get(i) : 0;
      unwind.write(slot);
      unwind.write(slot >>> 8);
    }
    if (chain != null) {
      for (int word : chain) {
        for (int shift = 0; shift < 32; shift += 8) {
          unwind.write(word >>> shift);
        }
      }
    }
    return place;
  }

  private static void slots(List<Integer> slots, FunctionShape.Step step, int offset) {
    int amount = step.amount();
    switch (step.kind()) {
      case PUSH -> slots.add(offset | step.register() << 12);
      case ALLOCATE -> {
        if (amount <= 128) {
          slots.add(offset | (2 | (amount / 8 - 1) << 4) << 8);
        } else if (amount < 0x2000) {
          slots.add(offset | 1 << 8);
          slots.add(amount / 8);
        } else {
          slots.add(offset | (1 | 1 << 4) << 8);
          slots.add(amount & 0xFFFF);
          slots.add(amount >>> 16);
        }
      }
      case SET_FRAME -> slots.add(offset | 3 << 8);
      case SAVE -> {
        slots.add(offset | (4 | step.register() << 4) << 8);
        slots.add(amount / 8);
      }
      default -> throw new IllegalStateException("rsp is number " + RSP);
    }
  }
}
