package io.memlake.jobs.fault;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program in a process of its own, so that it can be killed. */
public final class MemlakeProcess implements AutoCloseable {
  /** For what hangs for ever; starting Spark alone took 4 minutes at a load of 40 on two cores. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final long POLL_MILLIS = 5;

  private static final String MEMLAKE = "io.memlake.jobs.cli.Memlake";

  private final Process process;
  private final Path output;

  private MemlakeProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param output where both of its streams go
   * @param javaOptions options of Java, for instance system properties
   * @param arguments of the program
   */
  public static MemlakeProcess start(Path output, List<String> javaOptions, Object... arguments)
      throws IOException {
    return start(output, classPath(), Map.of(), javaOptions, arguments);
  }

  /** Starts it from another class path, with further environment variables. */
  public static MemlakeProcess start(
      Path output,
      String classPath,
      Map<String, String> environment,
      List<String> javaOptions,
      Object... arguments)
      throws IOException {
    return startMain(MEMLAKE, output, classPath, environment, javaOptions, arguments);
  }

  /** Starts another program in the same way, for instance one that starts Memlake. */
  static MemlakeProcess startMain(
      String mainClass,
      Path output,
      String classPath,
      Map<String, String> environment,
      List<String> javaOptions,
      Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", classPath, mainClass));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new MemlakeProcess(builder.start(), output);
  }

  /** Surefire and other runners hide the class path behind a jar or a loader of their own. */
  private static String classPath() {
    String surefire = System.getProperty("surefire.test.class.path");
    if (surefire != null) {
      return surefire;
    }
    if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
      return String.join(
          File.pathSeparator, Arrays.stream(loader.getURLs()).map(MemlakeProcess::path).toList());
    }
    return System.getProperty("java.class.path");
  }

  private static String path(URL url) {
    try {
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until {@code condition} holds; false when the process ended before. */
  public boolean await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (!process.isAlive()) {
        return condition.getAsBoolean();
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("did not happen within " + PATIENCE + ":\n" + output());
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  /** Waits for its end and gives the exit code. */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("did not end within " + PATIENCE + ":\n" + output());
    }
    return process.exitValue();
  }

  /** What it wrote so far. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once, with SIGKILL where there are signals. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Makes it stand still until {@link #resume}; false where processes have no signals. */
  public boolean pause() throws InterruptedException {
    return signal("STOP");
  }

  /** Lets it go on. */
  public boolean resume() throws InterruptedException {
    return signal("CONT");
  }

  private boolean signal(String name) throws InterruptedException {
    try {
      return new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
