package io.memlake.jobs.cli;

import io.memlake.engine.extract.ExtractReport;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.extract.ExtractFolder;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.MinidumpExtraction;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake extract minidump}. */
@Command(
    name = "minidump",
    description = {
      "Write a process as a minidump (.dmp) that debuggers open: its memory, modules, threads with"
          + " their registers and handles; and a report (.json)."
    })
final class ExtractMinidumpCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ExtractOptions from;

  @Option(names = "--pid", required = true, paramLabel = "PID", description = "The process.")
  private long pid;

  @Option(
      names = "--eprocess",
      defaultValue = "0",
      converter = AddressConverter.class,
      paramLabel = "ADDRESS",
      description = "Its kernel object, when several processes had the number.")
  private long eprocess;

  ExtractMinidumpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ExtractSource source = from.source();
    ExtractFolder folder = from.folder(source);
    MinidumpExtraction.Result result =
        MinidumpExtraction.run(source, pid, eprocess, folder, ToolVersion.current());
    ExtractReport report = result.report();
    console.out().println(folder.path(result.name() + ".dmp"));
    console.out().println(folder.path(result.name() + ".json"));
    report
        .present()
        .forEach(
            (place, pages) ->
                console.err().printf(Locale.ROOT, "%,12d pages from %s%n", pages, name(place)));
    report
        .absent()
        .forEach(
            (reason, pages) ->
                console
                    .err()
                    .printf(Locale.ROOT, "%,12d pages absent: %s%n", pages, reason.words()));
    report.notes().forEach(note -> console.err().println(note));
    return ExitCode.OK.number();
  }

  private static String name(Enum<?> place) {
    return place.name().toLowerCase(Locale.ROOT);
  }
}
