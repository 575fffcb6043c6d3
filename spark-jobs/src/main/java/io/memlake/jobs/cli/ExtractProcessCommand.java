package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.extract.ExtractFolder;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.ProcessExtraction;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code memlake extract process}. */
@Command(
    name = "process",
    description = {
      "Write the memory of a process: the bytes of all its pages (.memory), a map that says of every"
          + " page where its bytes stand or why there are none (.map.csv), and a report (.json)."
    })
final class ExtractProcessCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ExtractOptions from;

  @Mixin private ProcessOptions process;

  ExtractProcessCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ExtractSource source = from.source();
    ExtractFolder folder = from.folder(source);
    ProcessExtraction.Result result =
        ProcessExtraction.run(
            source, process.pid(), process.eprocess(), folder, ToolVersion.current());
    console.out().println(folder.path(result.name() + ".memory"));
    console.out().println(folder.path(result.name() + ".map.csv"));
    console.out().println(folder.path(result.name() + ".json"));
    ProcessOptions.tell(console, result.report());
    return ExitCode.OK.number();
  }
}
