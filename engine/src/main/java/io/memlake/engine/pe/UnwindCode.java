package io.memlake.engine.pe;

/**
 * One step of a prologue that is undone.
 *
 * @param prologueOffset where the instruction that did it ends, counted from the first byte
 * @param operation what it did
 * @param register number of the register, rax 0 to r15 15; for a machine frame 1 when the processor
 *     pushed an error code
 * @param amount bytes that were allocated, or where the register was saved
 */
public record UnwindCode(int prologueOffset, Operation operation, int register, long amount) {
  /** What prologues do. */
  public enum Operation {
    /** Pushed a register. */
    PUSH,
    /** Made room on the stack. */
    ALLOCATE,
    /** Took a register as base of the frame. */
    SET_FRAME,
    /** Stored a register in the frame. */
    SAVE,
    /** The processor pushed where it came from. */
    MACHINE_FRAME
  }
}
