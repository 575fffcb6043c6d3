package io.memlake.engine.objects.stack;

/** How a frame of a stack was found. */
public enum FrameMethod {
  /** It is where the context says that the thread was. */
  CONTEXT(100),
  /** By the unwind data of the function that it was called from. */
  UNWIND(90),
  /** The function behind it is a leaf, whose return address is on top of the stack. */
  LEAF(80),
  /** The stack holds an address of code there behind a call; it may be of a call long gone. */
  SCAN(30);

  private final int confidence;

  FrameMethod(int confidence) {
    this.confidence = confidence;
  }

  /** How sure it is, 0 to 100. */
  public int confidence() {
    return confidence;
  }
}
