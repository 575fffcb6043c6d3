package io.memlake.jobs.cli;

import io.memlake.jobs.exit.CommandException;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.output.CellText;
import io.memlake.jobs.session.SparkSessions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Option;

/** Entry point of the program. */
@Command(
    name = "memlake",
    description = "Windows memory forensics for a whole fleet, on Apache Spark.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    scope = CommandLine.ScopeType.INHERIT,
    versionProvider = ToolVersion.class,
    subcommands = {
      DemoCommand.class,
      AnalyzeCommand.class,
      StatusCommand.class,
      VerifyCommand.class,
      TablesCommand.class,
      SqlCommand.class,
      TimelineCommand.class,
      ExtractCommand.class,
      FindingsCommand.class,
      TreeCommand.class,
      ReportCommand.class,
      HuntCommand.class,
      StackCommand.class,
      BaselineCommand.class,
      DiffCommand.class,
      PrevalenceCommand.class,
      QueriesCommand.class,
      DashboardCommand.class,
      ConvertCommand.class,
      SymbolsCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      ClusterCommand.class
    },
    footer = {
      "",
      "Data goes to the output stream, everything else to the error stream.",
      "Exit codes: 0 ok, 1 failure, 2 usage, 3 partial, 4 evidence does not match its hash,",
      "            5 environment, 6 resume refused (parameters differ), 10 findings"
    })
public final class Memlake {
  private static final int BUFFER_BYTES = 1 << 16;

  @Option(
      names = "--debug",
      scope = CommandLine.ScopeType.INHERIT,
      description = "Show where in the program a failure happened.")
  private boolean debug;

  Memlake() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(
            new java.io.BufferedOutputStream(
                new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
            false,
            StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int code = run(new Console(out, err), args);
    out.flush();
    // Everything is told. What Spark prints when executors leave before their last answers helps
    // nobody.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    // Ends the threads that Spark and Hadoop leave behind.
    System.exit(code);
  }

  /** Runs a command and returns its exit code. */
  static int run(Console console, String... args) {
    Memlake memlake = new Memlake();
    CommandLine commandLine = new CommandLine(memlake, new ConsoleFactory(console));
    commandLine
        .setOut(writer(console.out()))
        .setErr(writer(console.err()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(true)
        .setParameterExceptionHandler((wrong, given) -> usageError(console, wrong))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> failed(console, failure, memlake.debug));
    return args.length == 0 ? noCommand(console, commandLine) : commandLine.execute(args);
  }

  private static int noCommand(Console console, CommandLine commandLine) {
    commandLine.usage(console.err());
    return ExitCode.USAGE.number();
  }

  private static int usageError(Console console, CommandLine.ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    line(console, wrong.getMessage());
    console.err().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  private static int failed(Console console, Exception failure, boolean debug) {
    if (debug) {
      failure.printStackTrace(console.err());
    }
    if (failure instanceof CommandException expected) {
      line(console, expected.getMessage());
      return expected.exitCode().number();
    }
    if (failure instanceof LakeWriteException) {
      line(console, failure.getMessage());
      return ExitCode.ENVIRONMENT.number();
    }
    if (failure instanceof IOException) {
      line(console, String.valueOf(failure.getMessage()));
      return ExitCode.FAILURE.number();
    }
    if (SparkSessions.isLost(failure)) {
      line(
          console,
          "The cluster did not answer or ended this program; is --master right, and does it want"
              + " a secret (spark.authenticate.secret)?");
      return ExitCode.ENVIRONMENT.number();
    }
    line(
        console,
        "internal error: " + failure + (debug ? "" : "; --debug shows where, please report it"));
    return ExitCode.FAILURE.number();
  }

  private static void line(Console console, String message) {
    String firstLine = message.lines().findFirst().orElse("");
    console.err().println("memlake: " + CellText.printable(firstLine));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Gives each command the console it writes to. */
  private record ConsoleFactory(Console console) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        return type.getDeclaredConstructor(Console.class).newInstance(console);
      } catch (NoSuchMethodException e) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }
}
