package io.memlake.testdata.machine;

import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a machine with many processes as a RAW image, to measure what an object costs. */
public final class WriteObjectImage {

  private static final int BUILD = 19041;
  private static final long RAM = 1L << 30;

  private WriteObjectImage() {}

  /**
   * Writes the image.
   *
   * @param args the file to write, and how many processes
   * @throws IOException when the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Usage: WriteObjectImage OUT PROCESSES");
    }
    SyntheticMachine machine =
        ReferenceMachine.systemBuilder(BUILD).ram(RAM).fillUpTo(Integer.parseInt(args[1])).build();
    RawWriter.writePadded(machine, Path.of(args[0]));
  }
}
