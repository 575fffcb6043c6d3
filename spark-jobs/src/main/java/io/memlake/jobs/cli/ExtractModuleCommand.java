package io.memlake.jobs.cli;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.extract.ModuleHole;
import io.memlake.engine.extract.ModuleReport;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.extract.ExtractFolder;
import io.memlake.jobs.extract.ExtractSource;
import io.memlake.jobs.extract.ModuleExtraction;
import io.memlake.jobs.fleet.code.FleetExtraction;
import io.memlake.jobs.output.CellText;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake extract module}. */
@Command(
    name = "module",
    description = {
      "Rebuild the PE file of a module of a process, or of a driver.",
      "Bytes are those of memory: addresses stay relocated, patches stay."
    })
final class ExtractModuleCommand implements Callable<Integer> {
  /** Holes told one by one; the report has all. */
  private static final int MAX_HOLES_SHOWN = 20;

  private final Console console;

  @Mixin private ExtractOptions from;

  @Option(
      names = "--pid",
      defaultValue = "0",
      paramLabel = "PID",
      description = "The process; without it a module of the kernel is meant.")
  private long pid;

  @Option(
      names = "--eprocess",
      defaultValue = "0",
      converter = AddressConverter.class,
      paramLabel = "ADDRESS",
      description = "Its kernel object, when several processes had the number.")
  private long eprocess;

  @Option(
      names = "--base",
      defaultValue = "0",
      converter = AddressConverter.class,
      paramLabel = "ADDRESS",
      description = "Where the module begins; it need not be in any list.")
  private long base;

  @Option(names = "--name", defaultValue = "", paramLabel = "NAME", description = "Its name.")
  private String name;

  @Option(
      names = "--from-fleet",
      description = {
        "Take each page as most hosts of the case have it that run the same build, put where --host",
        "has the module; so pages are filled that this host lost. The report says whose they are."
      })
  private boolean fromFleet;

  ExtractModuleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if ((base == 0) == name.isEmpty()) {
      throw new OperatorException("Say which module: --base ADDRESS or --name NAME");
    }
    ExtractSource source = from.source();
    ExtractFolder folder = from.folder(source);
    if (fromFleet) {
      return fromFleet(source, folder);
    }
    ModuleExtraction.Result result =
        new ModuleExtraction(pid, eprocess, base, name).run(source, folder, ToolVersion.current());
    console.out().println(folder.path(result.file()));
    console.out().println(folder.path(result.file() + ".json"));
    tell(result.report());
    return ExitCode.OK.number();
  }

  private int fromFleet(ExtractSource source, ExtractFolder folder) throws IOException {
    if (eprocess != 0) {
      throw new OperatorException("--eprocess has no meaning with --from-fleet; say --pid");
    }
    FleetExtraction.Result made =
        FleetExtraction.run(
            source, from.lakeLocation(), pid, base, name, folder, ToolVersion.current());
    console.out().println(folder.path(made.file()));
    console.out().println(folder.path(made.file() + ".json"));
    tell(made.module().report());
    console
        .err()
        .printf(
            Locale.ROOT,
            "%,d pages of this host, %,d of others; %d hosts run the build, relocations from %s%n",
            made.own(),
            made.others(),
            made.module().hosts().size(),
            made.module().relocationsHost() == null ? "none" : made.module().relocationsHost());
    made.module()
        .problems()
        .forEach(
            (host, why) ->
                console.err().println("Not asked: " + CellText.printable(host + ": " + why)));
    return (made.module().problems().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL).number();
  }

  private void tell(ModuleReport report) {
    long missing = report.holes().stream().mapToLong(ModuleHole::size).sum();
    console
        .err()
        .printf(
            Locale.ROOT,
            "%,d bytes, %s%n",
            report.size(),
            missing == 0 ? "complete" : String.format(Locale.ROOT, "%,d of them missing", missing));
    report.notes().forEach(note -> console.err().println(note));
    report.holes().stream()
        .limit(MAX_HOLES_SHOWN)
        .forEach(
            hole ->
                console
                    .err()
                    .printf(
                        Locale.ROOT,
                        "  %s +0x%x %s: %s%n",
                        Hex.address(hole.address()),
                        hole.size(),
                        hole.section(),
                        hole.absence().words()));
    if (report.holes().size() > MAX_HOLES_SHOWN) {
      int more = report.holes().size() - MAX_HOLES_SHOWN;
      console.err().println("  and " + more + " more, see the report");
    }
  }
}
