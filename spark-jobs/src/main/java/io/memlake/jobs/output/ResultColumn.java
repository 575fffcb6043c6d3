package io.memlake.jobs.output;

/**
 * A column of a result.
 *
 * @param name its heading
 * @param hex whether people read its numbers as hex
 */
public record ResultColumn(String name, boolean hex) {

  /** A column without a format. */
  public static ResultColumn plain(String name) {
    return new ResultColumn(name, false);
  }
}
