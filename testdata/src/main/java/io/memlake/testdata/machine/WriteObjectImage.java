package io.memlake.testdata.machine;

import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.process.CoreModules;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes a machine with many processes as a RAW image, to measure what an object costs. Each of
 * them has threads, modules and handles in about the proportions of a desktop.
 */
public final class WriteObjectImage {

  private static final int BUILD = 19041;
  private static final long RAM = 1L << 30;

  private static final int THREADS = 12;
  private static final int UNNAMED_EVENTS = 40;
  private static final int FILES = 12;
  private static final int KEYS = 12;
  private static final int NAMED = 8;

  private WriteObjectImage() {}

  /**
   * Writes the image.
   *
   * @param args the file to write, and how many processes to add to those that Windows runs
   * @throws IOException when the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      throw new IllegalArgumentException("Usage: WriteObjectImage OUT PROCESSES");
    }
    MachineBuilder builder = ReferenceMachine.systemBuilder(BUILD).ram(RAM);
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      builder.process(program(i));
    }
    RawWriter.writePadded(builder.build(), Path.of(args[0]));
  }

  private static ProcessSpec program(int number) {
    String folder = "C:\\Program Files\\App" + number + "\\";
    ProcessSpec program =
        new ProcessSpec("app" + number + ".exe")
            .parent("explorer.exe")
            .user(StandardProcesses.USER_SID, 1)
            .path(folder + "app" + number + ".exe")
            .startedAfter(Duration.ofSeconds(120L + number))
            .modules(CoreModules.windows())
            .modules(CoreModules.services())
            .threads(THREADS)
            .manyHandles(UNNAMED_EVENTS)
            .handles(
                HandleSpec.process("lsass.exe", 0x1000),
                new HandleSpec("Thread", "explorer.exe", 0x1FFFFF));
    for (int i = 0; i < FILES; i++) {
      program.handles(HandleSpec.file(folder + "data" + i + ".db"));
    }
    for (int i = 0; i < KEYS; i++) {
      program.handles(HandleSpec.key("\\REGISTRY\\MACHINE\\SOFTWARE\\App" + i % 4 + "\\Settings"));
    }
    for (int i = 0; i < NAMED; i++) {
      String name = "\\BaseNamedObjects\\App" + number + "." + i;
      program.handles(HandleSpec.named(i % 2 == 0 ? "Mutant" : "Event", name));
    }
    return program;
  }
}
