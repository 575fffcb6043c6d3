package io.memlake.engine.objects.stack;

/**
 * General registers of an x64 processor at one place of the code, as far as they are known. Changed
 * while a stack is walked.
 */
public final class Registers {
  /** Number of rbx in unwind data. */
  public static final int RBX = 3;

  /** Number of rsp. */
  public static final int RSP = 4;

  /** Number of rbp. */
  public static final int RBP = 5;

  /** Number of rsi. */
  public static final int RSI = 6;

  /** Number of rdi. */
  public static final int RDI = 7;

  /** Number of r12; r13 to r15 follow. */
  public static final int R12 = 12;

  static final int COUNT = 16;

  private final long[] values = new long[COUNT];
  private int known;
  private long rip;

  /** A context of which the two registers are known that every walk needs. */
  public Registers(long rip, long rsp) {
    this.rip = rip;
    set(RSP, rsp);
  }

  /** Instruction pointer. */
  public long rip() {
    return rip;
  }

  /** Stack pointer. */
  public long rsp() {
    return values[RSP];
  }

  /** Makes a register known. */
  public Registers set(int register, long value) {
    values[register] = value;
    known |= 1 << register;
    return this;
  }

  void rip(long value) {
    rip = value;
  }

  /** Value of a register, meaningless unless {@link #knows}. */
  public long get(int register) {
    return values[register];
  }

  /** Whether the value of a register is known. */
  public boolean knows(int register) {
    return (known & (1 << register)) != 0;
  }

  /** All but where the code and the stack are is unknown from now on. */
  void forgetAll() {
    known = 1 << RSP;
  }
}
