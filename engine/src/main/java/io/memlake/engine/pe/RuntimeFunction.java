package io.memlake.engine.pe;

/**
 * An entry of {@code .pdata}: a piece of code and how it is unwound. All are offsets from the base
 * of the image, as {@code RUNTIME_FUNCTION} of x64 stores them.
 *
 * @param begin first byte of the code
 * @param end first byte behind it
 * @param unwind where its {@code UNWIND_INFO} lies; an odd value leads to another entry
 */
public record RuntimeFunction(long begin, long end, long unwind) {
  /** Bytes of an entry. */
  public static final int SIZE = 12;

  /** Whether {@link #unwind} leads to another entry that describes the same frame. */
  public boolean isIndirect() {
    return (unwind & 1) != 0;
  }
}
