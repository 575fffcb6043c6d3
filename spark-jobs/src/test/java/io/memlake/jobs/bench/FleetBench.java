package io.memlake.jobs.bench;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.session.SparkSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Times what works on whole fleets while one lake grows: {@code bench/fleet} runs it. All commands
 * run in this JVM with one Spark session, so that a time is that of the question and not of
 * starting a program; each is asked once before on the smallest fleet.
 */
public final class FleetBench {
  private static final int INDICATORS = 100_000;
  private static final double NANOS = 1e9;

  private final Path folder;
  private final Path lake;
  private final int hosts;

  private FleetBench(Path folder, Path lake, int hosts) {
    this.folder = folder;
    this.lake = lake;
    this.hosts = hosts;
  }

  /** Arguments: folder, pages a host, then numbers of hosts in rising order. */
  public static void main(String[] arguments) throws IOException, SQLException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    long pages = Long.parseLong(arguments[1]);
    indicators(folder.resolve("one.csv"), 0);
    indicators(folder.resolve("many.csv"), INDICATORS);
    Path lake = folder.resolve("lake");
    SparkSessions.start(new SparkSettings(Optional.of("local[*]"), Map.of()));
    int made = 0;
    System.out.printf(Locale.ROOT, "%6s %-26s %9s %9s%n", "hosts", "what", "wall s", "cpu s");
    List<FleetBench> done = new ArrayList<>();
    for (int i = 2; i < arguments.length; i++) {
      int hosts = Integer.parseInt(arguments[i]);
      FleetBench bench = new FleetBench(folder, lake, hosts);
      long start = System.nanoTime();
      long cpu = cpu();
      WriteTableFleet.write(lake.toString(), made, hosts, pages);
      print(hosts, "write " + (hosts - made) + " hosts", start, cpu);
      made = hosts;
      if (done.isEmpty()) {
        bench.ask(false);
      }
      bench.ask(true);
      done.add(bench);
    }
    System.exit(0);
  }

  private static void indicators(Path file, int more) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("type,value\n");
      for (int i = 0; i < more; i++) {
        out.write("domain,host" + i + ".example.org\n");
      }
      out.write("ipv4,198.51.7.56\n");
    }
  }

  private void ask(boolean measured) {
    time(measured, "stack services name", "stack", "services", "name", "--max-hosts", 2);
    time(measured, "stack modules path", "stack", "modules", "path", "--max-hosts", 2);
    double one = time(measured, "hunt, 1 indicator", "hunt", "--ioc", folder.resolve("one.csv"));
    double many =
        time(measured, "hunt, 100001 indicators", "hunt", "--ioc", folder.resolve("many.csv"));
    if (measured) {
      System.out.printf(
          Locale.ROOT, "%6d %-26s %9.2f times%n", hosts, "many against one", many / one);
      // Prevalence takes the longest and gains nothing from being asked before.
      time(true, "prevalence", "prevalence");
    }
  }

  private double time(boolean measured, String what, Object... command) {
    List<Object> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--lake", lake, "-o", "csv"));
    long start = System.nanoTime();
    long cpu = cpu();
    CommandRun run = CommandRun.of(words.toArray());
    if (run.code() != 0) {
      throw new IllegalStateException(what + ": " + run.err());
    }
    if (measured) {
      print(hosts, what, start, cpu);
    }
    return (System.nanoTime() - start) / NANOS;
  }

  private static void print(int hosts, String what, long start, long cpu) {
    System.out.printf(
        Locale.ROOT,
        "%6d %-26s %9.2f %9.2f%n",
        hosts,
        what,
        (System.nanoTime() - start) / NANOS,
        (cpu() - cpu) / NANOS);
  }

  private static long cpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }
}
