package io.memlake.jobs.cli;

import io.memlake.jobs.cluster.ClusterFolder;
import io.memlake.jobs.cluster.LocalCluster;
import io.memlake.jobs.cluster.Member;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake cluster}: a standalone Spark cluster on this machine. */
@Command(
    name = "cluster",
    synopsisSubcommandLabel = "start|status|stop",
    description = {
      "Start, show or stop a standalone Spark cluster on this machine.",
      "Its files lie in the folder that MEMLAKE_CLUSTER names, or in ~/.memlake/cluster."
    })
final class ClusterCommand {
  private static final int MAX_WORKERS = 64;

  private static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.plain("member"),
          ResultColumn.plain("pid"),
          ResultColumn.plain("status"),
          ResultColumn.plain("url"));

  private final Console console;

  ClusterCommand(Console console) {
    this.console = console;
  }

  private static LocalCluster cluster() {
    return new LocalCluster(ClusterFolder.ofUser());
  }

  @Command(name = "start", description = "Start a master and workers; prints the address.")
  int start(
      @Option(names = "--workers", defaultValue = "2", paramLabel = "N", description = "Workers.")
          int workers,
      @Option(names = "--cores", defaultValue = "1", paramLabel = "N", description = "Cores each.")
          int cores,
      @Option(
              names = "--memory",
              defaultValue = "1g",
              paramLabel = "SIZE",
              description = "Memory each, for instance 2g.")
          String memory)
      throws IOException {
    if (workers < 1 || workers > MAX_WORKERS || cores < 1) {
      throw new OperatorException("--workers is 1 to " + MAX_WORKERS + ", --cores at least 1");
    }
    if (!memory.matches("[0-9]+[mg]")) {
      throw new OperatorException("--memory is a number with m or g, for instance 2g");
    }
    String url = cluster().start(workers, cores, memory);
    console.out().println(url);
    console.err().println("Use it with: memlake analyze EVIDENCE --lake LAKE --master " + url);
    return ExitCode.OK.number();
  }

  @Command(name = "status", description = "Show the processes of the cluster.")
  int status(@Mixin ResultOptions result) throws IOException {
    LocalCluster cluster = cluster();
    List<Member> members = cluster.members();
    try (ResultWriter writer = result.open(console, COLUMNS)) {
      for (Member member : members) {
        String url = member.name().equals("master") ? cluster.url() : null;
        String status = member.isAlive() ? "running" : "ended";
        writer.row(java.util.Arrays.asList(member.name(), member.pid(), status, url));
      }
    }
    boolean whole = !members.isEmpty() && members.stream().allMatch(Member::isAlive);
    return whole ? ExitCode.OK.number() : ExitCode.ENVIRONMENT.number();
  }

  @Command(name = "stop", description = "End all processes of the cluster.")
  int stop() throws IOException {
    int ended = cluster().stop();
    console.err().println(ended == 0 ? "No cluster runs" : ended + " processes ended");
    return ExitCode.OK.number();
  }
}
