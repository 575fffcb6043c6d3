package io.memlake.jobs.cli;

import io.memlake.jobs.exit.OperatorException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code memlake extract}: bytes of a host, from all places where Windows had them. */
@Command(
    name = "extract",
    description = {
      "Write bytes of a host that the lake knows: a process, its minidump, a module,"
          + " single pages, hives, files.",
      "Reads the recorded evidence again: RAM, page files, the compressed store."
    },
    synopsisSubcommandLabel = "WHAT",
    subcommands = {
      ExtractProcessCommand.class,
      ExtractModuleCommand.class,
      ExtractMinidumpCommand.class,
      ExtractPageCommand.class,
      ExtractHiveCommand.class,
      ExtractFileCommand.class
    })
final class ExtractCommand implements Callable<Integer> {
  ExtractCommand(Console console) {
    // The commands below are given theirs by the same factory.
  }

  @Override
  public Integer call() {
    throw new OperatorException(
        "Say what to extract: process, minidump, module, page, hive or file");
  }
}
