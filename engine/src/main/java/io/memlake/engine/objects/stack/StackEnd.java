package io.memlake.engine.objects.stack;

/** Why a stack is not told any further. */
public enum StackEnd {
  /** The first call of the thread was reached. */
  BOTTOM,
  /** The processor came from user mode there. */
  USER_MODE,
  /** The rest of the stack is not in the evidence. */
  UNREADABLE,
  /** Nothing in the rest of the stack leads on. */
  NOTHING_LEFT,
  /** The frames did not grow, or left the stack. */
  CORRUPT,
  /** More frames than are told of one stack. */
  LIMIT
}
