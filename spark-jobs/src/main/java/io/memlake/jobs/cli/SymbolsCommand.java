package io.memlake.jobs.cli;

import io.memlake.engine.symbols.KnownKernel;
import io.memlake.engine.symbols.compile.LayoutCompiler;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.HadoopSymbolFiles;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.session.PlainHadoop;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memlake symbols}: which kernels are known, and how more become known. */
@Command(
    name = "symbols",
    description = "List known kernels, or compile symbol files into one table.",
    subcommands = {SymbolsCommand.ListCommand.class, SymbolsCommand.CompileCommand.class})
final class SymbolsCommand implements Callable<Integer> {

  SymbolsCommand() {}

  @Override
  public Integer call() {
    throw new OperatorException(
        "Name what to do: memlake symbols list, memlake symbols compile DIR");
  }

  /** {@code memlake symbols list}. */
  @Command(name = "list", description = "List the kernels and drivers whose layouts are known.")
  static final class ListCommand implements Callable<Integer> {
    private static final List<ResultColumn> COLUMNS =
        List.of(
            ResultColumn.plain("pdb"),
            ResultColumn.plain("guid"),
            ResultColumn.plain("age"),
            ResultColumn.plain("version"));

    private final Console console;

    @Mixin private SymbolOptions symbols;
    @Mixin private ResultOptions result;

    ListCommand(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      HadoopEvidence evidence = new HadoopEvidence(PlainHadoop.configuration());
      SymbolStore store = SymbolStore.open(symbols.settings(), new HadoopSymbolFiles(evidence));
      try (ResultWriter writer = result.open(console, COLUMNS)) {
        for (KnownKernel kernel : store.known()) {
          writer.row(
              List.of(
                  kernel.pdb().name(),
                  kernel.pdb().guid(),
                  kernel.pdb().age(),
                  kernel.version().toString()));
        }
      }
      store.problems().forEach(console.err()::println);
      return ExitCode.OK.number();
    }
  }

  /** {@code memlake symbols compile}. */
  @Command(
      name = "compile",
      description = "Extract the layouts of all symbol files below a folder into one small table.")
  static final class CompileCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", description = "Folder with ISF JSON files (.json, .xz, .gz).")
    private Path folder;

    @Option(
        names = "--out",
        defaultValue = "symbols.mlsym",
        paramLabel = "FILE",
        description = "The table to write; must not exist. Default: ${DEFAULT-VALUE}.")
    private Path target;

    CompileCommand(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      if (!Files.isDirectory(folder)) {
        throw new OperatorException("No such folder: " + folder);
      }
      if (Files.exists(target)) {
        throw new OperatorException(target + " exists; compile never overwrites");
      }
      Path unfinished = target.resolveSibling("." + target.getFileName() + ".unfinished");
      try {
        int compiled;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
          compiled = LayoutCompiler.compile(folder, out, this::tell);
        }
        Files.move(unfinished, target);
        console
            .err()
            .println(target + ": " + compiled + " binaries, " + Files.size(target) + " bytes");
      } finally {
        Files.deleteIfExists(unfinished);
      }
      return ExitCode.OK.number();
    }

    private void tell(Path file, int done, int total, String problem) {
      if (!problem.isEmpty()) {
        console.err().println("left out: " + problem);
      } else if (done % 20 == 0 || done == total) {
        console.err().println(done + " of " + total + " files");
      }
    }
  }
}
