package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.FailedException;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.output.Screen;
import io.memlake.jobs.panels.Panel;
import io.memlake.jobs.panels.PanelAnswer;
import io.memlake.jobs.panels.PanelAnswer.State;
import io.memlake.jobs.panels.Panels;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.tree.ProcessTrees;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code memlake tree}: what started what. */
@Command(
    name = "tree",
    description = "Show the processes of one host or of all as trees, with what is odd about them.")
final class TreeCommand implements Callable<Integer> {
  private static final int MAX_PROCESSES = 1_000_000;

  private final Console console;

  @Mixin private LookOptions look;

  @Option(names = "--host", paramLabel = "HOST", description = "This host only.")
  private String host;

  TreeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    LakeSnapshot snapshot = look.snapshot();
    try (LakeDatabase lake = look.open(snapshot, look.caseOf(snapshot))) {
      Panel panel = Panels.find(host == null ? "process_tree" : "host_processes").orElseThrow();
      PanelAnswer answer =
          PanelAnswer.of(
              panel, lake, host == null ? Map.of() : Map.of("host", host), MAX_PROCESSES);
      if (answer.state() == State.FAILED) {
        throw new FailedException(answer.message());
      }
      if (answer.state() != State.ROWS) {
        throw new OperatorException(
            host == null ? answer.message() : "The lake holds no processes of host " + host);
      }
      new ProcessTrees(console.out(), Screen.ofOutput()).draw(answer);
    }
    return ExitCode.OK.number();
  }
}
