package io.memlake.engine.artifacts.handle;

import io.memlake.engine.objects.process.Eprocess;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Processes in columns that list several: id and name, as {@code 4312 cmd.exe}. */
public final class ProcessLabel {
  private ProcessLabel() {}

  /** The text for one process. */
  public static String of(Eprocess process) {
    return process.uniqueProcessId() + " " + process.imageFileName();
  }

  /** The texts for several, by id; null would say that nothing is known, so none is empty. */
  public static List<String> of(Collection<Eprocess> processes) {
    return processes.stream()
        .sorted(
            Comparator.comparingLong(Eprocess::uniqueProcessId)
                .thenComparingLong(Eprocess::virtualAddress))
        .map(ProcessLabel::of)
        .toList();
  }
}
