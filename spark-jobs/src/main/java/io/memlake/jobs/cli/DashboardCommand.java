package io.memlake.jobs.cli;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.dashboard.DashboardServer;
import io.memlake.jobs.dashboard.DashboardSettings;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake dashboard}: a case live in a browser. */
@Command(
    name = "dashboard",
    description = {
      "Show a case in a browser, live: panels, hosts, processes, ranges, bytes, differences.",
      "Prints the address, which holds a token, and answers until it is interrupted (Ctrl-C).",
      "Listens on the loopback address only and never writes."
    })
final class DashboardCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65535;

  private final Console console;

  @Mixin private LookOptions look;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The port; any that is free by default.")
  private int port;

  @Option(
      names = "--allow-sql",
      description = "Let the page run SELECT statements of its user, over this lake only.")
  private boolean allowSql;

  DashboardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (port < 0 || port > MAX_PORT) {
      throw new OperatorException("--port is 0 to " + MAX_PORT);
    }
    String caseId = look.caseOf(look.snapshot());
    DashboardSettings settings =
        new DashboardSettings(look.location(), caseId, port, allowSql, ToolVersion.current());
    HadoopEvidence evidence = new HadoopEvidence(PlainHadoop.configuration());
    try (DashboardServer server = DashboardServer.start(settings, opener(caseId), evidence)) {
      console.out().println(server.address());
      console.out().flush();
      console.err().println("Case " + caseId + "; Ctrl-C ends the dashboard");
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK.number();
  }

  private DashboardServer.Opener opener(String caseId) {
    return new DashboardServer.Opener() {
      @Override
      public LakeSnapshot look() throws IOException {
        return look.snapshot();
      }

      @Override
      public LakeDatabase open(LakeSnapshot snapshot) {
        return look.open(snapshot, caseId);
      }
    };
  }
}
