package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.extract.ExtractFolder;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.MinidumpExtraction;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  @Mixin private ProcessOptions process;

  ExtractMinidumpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ExtractSource source = from.source();
    ExtractFolder folder = from.folder(source);
    MinidumpExtraction.Result result =
        MinidumpExtraction.run(
            source, process.pid(), process.eprocess(), folder, ToolVersion.current());
    console.out().println(folder.path(result.name() + ".dmp"));
    console.out().println(folder.path(result.name() + ".json"));
    ProcessOptions.tell(console, result.report());
    return ExitCode.OK.number();
  }
}
