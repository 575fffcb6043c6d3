package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.sql.LakeViews;
import io.memlake.jobs.timeline.TimelineExport;
import io.memlake.jobs.timeline.TimelineFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake timeline}: the timeline of a lake for other tools. */
@Command(
    name = "timeline",
    description = {
      "Write the timeline of a lake in the order of time: timesketch (JSON lines), csv (Timesketch),",
      "bodyfile (mactime) or l2tcsv (log2timeline)."
    })
final class TimelineCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private LakeOption lake;
  @Mixin private SparkOptions spark;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "timesketch",
      description = "timesketch (default), csv, bodyfile or l2tcsv.")
  private String formatName;

  @Option(names = "--host", paramLabel = "HOST", description = "Only these hosts; repeatable.")
  private List<String> hosts = List.of();

  @Option(names = "--table", paramLabel = "TABLE", description = "Only events of these tables.")
  private List<String> tables = List.of();

  @Option(names = "--from", paramLabel = "TIME", description = "From then on, ISO 8601 in UTC.")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before then, ISO 8601 in UTC.")
  private String to;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write there instead of to the output stream; must not exist.")
  private Path out;

  TimelineCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    TimelineFormat format =
        TimelineFormat.of(formatName)
            .orElseThrow(
                () ->
                    new OperatorException(
                        "No format \"" + formatName + "\"; there are: " + TimelineFormat.names()));
    String condition = condition();
    SparkSession session = SparkSessions.start(spark.settings());
    Lake opened = Lake.open(lake.location(), session.sparkContext().hadoopConfiguration());
    LakeViews.register(session, opened);
    long count;
    if (out == null) {
      count = TimelineExport.write(session, condition, format, console.out());
    } else {
      try (PrintStream stream = create()) {
        count = TimelineExport.write(session, condition, format, stream);
        if (stream.checkError()) {
          throw new IOException("Cannot write " + out + ": the disk is full or gone");
        }
      }
    }
    console.err().println(count + " events");
    return ExitCode.OK.number();
  }

  private PrintStream create() throws IOException {
    try {
      return new PrintStream(
          new BufferedOutputStream(Files.newOutputStream(out, StandardOpenOption.CREATE_NEW)),
          false,
          StandardCharsets.UTF_8);
    } catch (FileAlreadyExistsException e) {
      throw new OperatorException(out + " exists; --out never overwrites", e);
    }
  }

  private String condition() {
    List<String> parts = new ArrayList<>();
    if (!hosts.isEmpty()) {
      parts.add("host IN (" + literals(hosts) + ")");
    }
    if (!tables.isEmpty()) {
      parts.add("source_table IN (" + literals(tables) + ")");
    }
    if (from != null) {
      parts.add("datetime >= TIMESTAMP '" + time("--from", from) + "'");
    }
    if (to != null) {
      parts.add("datetime < TIMESTAMP '" + time("--to", to) + "'");
    }
    return String.join(" AND ", parts);
  }

  private static Instant time(String option, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new OperatorException(
          option + " \"" + text + "\" is no time like 2024-03-05T12:00:00Z", e);
    }
  }

  private static String literals(List<String> texts) {
    return String.join(", ", texts.stream().map(SqlText::literal).toList());
  }
}
