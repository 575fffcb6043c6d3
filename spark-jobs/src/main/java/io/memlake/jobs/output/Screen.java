package io.memlake.jobs.output;

/**
 * The terminal that a stream goes to. Java 17 cannot ask whether a single stream is one, so the
 * launcher does and tells by system properties.
 *
 * @param width columns, 0 when the stream goes to a file or a pipe
 * @param colours whether the terminal shows colours and its user wants them ({@code NO_COLOR})
 */
public record Screen(int width, boolean colours) {
  /** Not a terminal: nothing is cut and nothing coloured. */
  public static final Screen NONE = new Screen(0, false);

  private static final int LEAST = 20;

  /** Where the output stream goes. */
  public static Screen ofOutput() {
    int width = Integer.getInteger("memlake.out.width", 0);
    return new Screen(
        width == 0 ? 0 : Math.max(LEAST, width), Boolean.getBoolean("memlake.out.colours"));
  }

  /** Where the error stream goes. */
  public static Screen ofErrors() {
    int width = Integer.getInteger("memlake.err.width", 0);
    return new Screen(width == 0 ? 0 : Math.max(LEAST, width), false);
  }
}
