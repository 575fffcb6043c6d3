package io.memlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command did, run inside this JVM.
 *
 * @param code its exit code
 * @param out what it wrote to the output stream
 * @param err what it wrote to the error stream
 */
public record CommandRun(int code, String out, String err) {

  /** Runs {@code memlake} with these arguments. */
  public static CommandRun of(Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> words = new ArrayList<>();
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = Memlake.run(new Console(outStream, errStream), words.toArray(String[]::new));
    outStream.flush();
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs {@code memlake analyze} into a lake. */
  public static CommandRun analyze(Path lake, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("analyze", "--lake", lake, "--progress", "plain"));
    all.addAll(List.of(arguments));
    return of(all.toArray());
  }

  /** The rows of a query as lines of comma-separated text, without the heading. */
  public static List<String> rows(Path lake, String query) {
    CommandRun run = of("sql", "--lake", lake, "-o", "csv", query);
    assertThat(run.err()).isEmpty();
    return run.lines().subList(1, run.lines().size());
  }

  /** The lines of the output stream. */
  public List<String> lines() {
    return out.lines().toList();
  }
}
