package io.memlake.engine.image.convert;

import io.memlake.engine.image.ImageHints;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes memory in one format. Without state. */
public interface ImageWriter {

  /** Name as the command line spells it. */
  String format();

  /** Whether the header says where page tables and lists of the kernel are. */
  default boolean namesTheMachine() {
    return false;
  }

  /**
   * Writes all frames.
   *
   * @param hints facts for the header of formats that have one
   * @param progress is told how many frames were moved since it was told last
   * @return what the file holds and what it does not
   * @throws IOException when reading or writing fails; the output is then incomplete
   */
  ConversionReport write(
      PhysicalMemory memory, ImageHints hints, ImageOutput out, LongConsumer progress)
      throws IOException;

  /** All writers. */
  static List<ImageWriter> all() {
    return List.of(new RawWriter(), new CrashDumpWriter(), new Aff4Writer(), new LimeWriter());
  }

  /** The writer of a format, by its name. */
  static Optional<ImageWriter> named(String format) {
    return all().stream().filter(writer -> writer.format().equals(format)).findFirst();
  }
}
