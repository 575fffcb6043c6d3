package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.output.OutputFormat;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.sql.LakeQuery;
import io.memlake.jobs.sql.LakeViews;
import io.memlake.jobs.sql.QueryResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memlake sql}: Spark SQL over all tables and views of a lake. */
@Command(
    name = "sql",
    description = {
      "Query a lake with Spark SQL; each table and view goes by its name.",
      "Rows come in the order the query asks for, else sorted by all columns."
    })
final class SqlCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;
  @Mixin private SparkOptions spark;

  @Parameters(arity = "0..1", paramLabel = "QUERY", description = "One SELECT statement.")
  private String query;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Read the statement from a file.")
  private Path file;

  SqlCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    String statement = statement();
    if (result.format() == OutputFormat.PARQUET) {
      result.folder();
    }
    SparkSession session = SparkSessions.start(spark.settings());
    Lake opened = Lake.open(lake.location(), session.sparkContext().hadoopConfiguration());
    LakeViews.register(session, opened);
    QueryResult rows = LakeQuery.run(session, statement);
    if (result.format() == OutputFormat.PARQUET) {
      rows.writeParquet(result.folder().toString());
      return ExitCode.OK.number();
    }
    try (ResultWriter writer = result.open(console, rows.columns())) {
      rows.writeTo(writer);
    }
    return ExitCode.OK.number();
  }

  private String statement() throws IOException {
    if ((query == null) == (file == null)) {
      throw new OperatorException("Give one query, or a file with -f");
    }
    if (file == null) {
      return query;
    }
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new OperatorException("No such file: " + file, e);
    }
  }
}
