package io.memlake.jobs.cli;

import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.output.OutputFormat;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.output.Screen;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** Options of every command that prints rows. */
final class ResultOptions {
  private static final int NARROW = 160;
  private static final int WIDE = Integer.MAX_VALUE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table (default), csv, json, jsonl or parquet.")
  private OutputFormat format;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description = "Write there instead of to the output stream; must not exist.")
  private String path;

  @Option(
      names = "--wide",
      description = "Do not cut long cells of a table, nor fit it to the screen.")
  private boolean wide;

  @Option(
      names = "--guard-formulas",
      description = "Disarm CSV cells that a spreadsheet would run as a formula.")
  private boolean guardFormulas;

  ResultOptions() {}

  OutputFormat format() {
    return format;
  }

  /**
   * The folder for Parquet files, on any file system.
   *
   * @throws OperatorException when none was given
   */
  Path folder() {
    if (path == null) {
      throw new OperatorException("-o parquet needs --out PATH");
    }
    return Locations.parse(path);
  }

  /**
   * A writer for text formats.
   *
   * @throws OperatorException for Parquet, and when the target exists
   */
  ResultWriter open(Console console, List<ResultColumn> columns) throws IOException {
    if (format == OutputFormat.PARQUET) {
      throw new OperatorException("-o parquet works with memlake sql and --out only");
    }
    PrintStream stream = path == null ? console.out() : create();
    ResultWriter writer =
        format.writer(stream, columns, wide ? WIDE : NARROW, guardFormulas, screen());
    return path == null ? writer : new FileResult(writer, stream);
  }

  private Screen screen() {
    Screen screen = path == null ? Screen.ofOutput() : Screen.NONE;
    return wide ? new Screen(0, screen.colours()) : screen;
  }

  private PrintStream create() throws IOException {
    if (!Locations.isLocal(Locations.parse(path))) {
      throw new OperatorException("--out " + path + ": only -o parquet is written to other places");
    }
    try {
      return new PrintStream(
          new BufferedOutputStream(
              Files.newOutputStream(
                  java.nio.file.Path.of(Locations.text(Locations.parse(path))),
                  StandardOpenOption.CREATE_NEW)),
          false,
          StandardCharsets.UTF_8);
    } catch (FileAlreadyExistsException e) {
      throw new OperatorException(path + " exists; --out never overwrites", e);
    }
  }

  /** Closes the file with the writer and tells of a disk that filled up meanwhile. */
  private record FileResult(ResultWriter writer, PrintStream stream) implements ResultWriter {
    @Override
    public void row(List<?> values) throws IOException {
      writer.row(values);
    }

    @Override
    public void close() throws IOException {
      writer.close();
      boolean failed = stream.checkError();
      stream.close();
      if (failed) {
        throw new IOException("Cannot write the result: the disk is full or gone");
      }
    }
  }
}
