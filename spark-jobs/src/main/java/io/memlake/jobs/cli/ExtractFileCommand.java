package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.extract.ExtractFolder;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.FileExtraction;
import io.memlake.jobs.output.CellText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake extract file}. */
@Command(
    name = "file",
    description = {
      "Write what memory holds of files: views of the cache manager and pages of the data section,",
      "and beside it, with the ending .image, programs rebuilt from their image section.",
      "What memory does not hold is zeros; the report (.json) lists it."
    })
final class ExtractFileCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ExtractOptions from;

  @Option(
      names = "--object",
      required = true,
      paramLabel = "ADDRESS",
      converter = AddressConverter.class,
      description = "Address of the file object, as the table files has it; may be repeated.")
  private List<Long> objects;

  ExtractFileCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ExtractSource source = from.source();
    ExtractFolder folder = from.folder(source);
    boolean whole = true;
    for (FileExtraction.Extracted file :
        FileExtraction.run(source, objects, folder, ToolVersion.current())) {
      console.out().println(folder.path(file.file()));
      console
          .err()
          .println(
              CellText.printable(file.file()) + ": " + file.bytes() + " bytes, " + file.pages());
      file.notes().forEach(note -> console.err().println(note));
      whole &= file.isComplete();
    }
    return (whole ? ExitCode.OK : ExitCode.PARTIAL).number();
  }
}
