package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.FailedException;
import io.memlake.jobs.extract.ExtractFolder;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.HiveExtraction;
import io.memlake.jobs.output.CellText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake extract hive}. */
@Command(
    name = "hive",
    description = {
      "Write registry hives as hive files with valid checksums. Blocks that are not in the evidence",
      "become free space; keys that live in memory only have no place in a file."
    })
final class ExtractHiveCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ExtractOptions from;

  @Option(
      names = "--hive",
      defaultValue = "",
      paramLabel = "TEXT",
      description =
          "Only hives whose path contains it, for instance SAM. Default: all of the list.")
  private String wanted;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "The hive at an address, as registry_hives has it; may be repeated.")
  private List<Long> addresses = List.of();

  ExtractHiveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ExtractSource source = from.source();
    ExtractFolder folder = from.folder(source);
    List<HiveExtraction.Extracted> written = HiveExtraction.run(source, wanted, addresses, folder);
    if (written.isEmpty()) {
      throw new FailedException(
          "No hive \"" + wanted + "\"; registry_hives has those that were found");
    }
    boolean whole = true;
    for (HiveExtraction.Extracted hive : written) {
      console.out().println(folder.path(hive.file()));
      console
          .err()
          .println(
              CellText.printable(hive.path())
                  + ": "
                  + hive.report().bytes()
                  + " bytes, "
                  + hive.report().missingBlocks()
                  + " blocks missing");
      whole &= hive.report().missingBlocks() == 0;
    }
    return (whole ? ExitCode.OK : ExitCode.PARTIAL).number();
  }
}
