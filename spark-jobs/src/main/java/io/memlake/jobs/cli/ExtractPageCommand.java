package io.memlake.jobs.cli;

import io.memlake.engine.extract.ExtractedPage;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.extract.ExtractFolder;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.PageExtraction;
import io.memlake.jobs.output.CellText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake extract page}. */
@Command(
    name = "page",
    description = {
      "Write single pages by their forensic path: phys:0x1a2b3000, pagefile0:0x77000,",
      "store:0x20000077, pid:4312:va:0x7ff612340000, kernel:va:0xfffff80012340000."
    })
final class ExtractPageCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ExtractOptions from;

  @Option(
      names = "--path",
      required = true,
      paramLabel = "PATH",
      description = "A forensic path, as tables have them; may be repeated.")
  private List<String> paths;

  ExtractPageCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ExtractSource source = from.source();
    ExtractFolder folder = from.folder(source);
    boolean all = true;
    for (ExtractedPage page : PageExtraction.run(source, paths, folder)) {
      if (page.bytes().isPresent()) {
        console.out().println(folder.path(PageExtraction.fileName(page.path())));
      }
      console.err().println(CellText.printable(page.path() + ": " + page.account()));
      all &= page.bytes().isPresent();
    }
    return (all ? ExitCode.OK : ExitCode.FAILURE).number();
  }
}
