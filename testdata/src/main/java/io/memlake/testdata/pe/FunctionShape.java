package io.memlake.testdata.pe;

import java.util.ArrayList;
import java.util.List;

/**
 * A function of an x64 image by what its prologue does. Its body calls, its epilogue undoes the
 * prologue.
 */
public final class FunctionShape {

  /** What instructions of prologues do. */
  public enum Kind {
    /** push register. */
    PUSH,
    /** sub rsp, amount. */
    ALLOCATE,
    /** lea register, [rsp + amount]. */
    SET_FRAME,
    /** mov [rsp + amount], register. */
    SAVE
  }

  /**
   * One instruction of a prologue.
   *
   * @param register its number: rax 0, rbx 3, rsp 4, rbp 5, rsi 6, rdi 7, r8 8
   * @param amount bytes or distance
   */
  public record Step(Kind kind, int register, int amount) {}

  final String name;
  final List<Step> steps = new ArrayList<>();
  int version = 1;
  int chainedFrom = Integer.MAX_VALUE;
  int dynamicRoom;

  /** A function without a prologue: a leaf. */
  public FunctionShape(String name) {
    this.name = name;
  }

  /** Pushes registers. */
  public FunctionShape push(int... registers) {
    for (int register : registers) {
      steps.add(new Step(Kind.PUSH, register, 0));
    }
    return this;
  }

  /** Makes room. */
  public FunctionShape allocate(int bytes) {
    steps.add(new Step(Kind.ALLOCATE, 4, bytes));
    return this;
  }

  /** Takes a register as base of the frame, and moves the stack pointer in the body. */
  public FunctionShape frame(int register, int distance, int room) {
    steps.add(new Step(Kind.SET_FRAME, register, distance));
    dynamicRoom = room;
    return this;
  }

  /** Stores a register. */
  public FunctionShape save(int register, int distance) {
    steps.add(new Step(Kind.SAVE, register, distance));
    return this;
  }

  /** What comes from here on is described by a piece of its own, chained to the first. */
  public FunctionShape chained() {
    chainedFrom = steps.size();
    return this;
  }

  /** Is described by the second version, which tells epilogues, too. */
  public FunctionShape secondVersion() {
    version = 2;
    return this;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its prologue. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Bytes by which its body moves the stack pointer; its frame register keeps the frame. */
  public int dynamicRoom() {
    return dynamicRoom;
  }
}
