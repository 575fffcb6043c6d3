package io.memlake.jobs.cli;

import io.memlake.engine.extract.ExtractReport;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which process to take out, and what is told of what was there; shared by commands. */
final class ProcessOptions {
  @Option(names = "--pid", required = true, paramLabel = "PID", description = "The process.")
  private long pid;

  @Option(
      names = "--eprocess",
      defaultValue = "0",
      converter = AddressConverter.class,
      paramLabel = "ADDRESS",
      description = "Its kernel object, when several processes had the number.")
  private long eprocess;

  /** Its number. */
  long pid() {
    return pid;
  }

  /** Address of its kernel object, 0 when it was not given. */
  long eprocess() {
    return eprocess;
  }

  /** Tells where its pages were found and why others were not. */
  static void tell(Console console, ExtractReport report) {
    report.present().forEach((place, pages) -> line(console, pages, "from " + name(place)));
    report.absent().forEach((reason, pages) -> line(console, pages, "absent: " + reason.words()));
    report.notes().forEach(note -> console.err().println(note));
  }

  private static void line(Console console, long pages, String what) {
    console.err().printf(Locale.ROOT, "%,12d pages %s%n", pages, what);
  }

  private static String name(Enum<?> place) {
    return place.name().toLowerCase(Locale.ROOT);
  }
}
