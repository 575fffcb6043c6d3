package io.memlake.jobs.task;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.bytes.HadoopEvidence;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/** Looks through a container once and finds the Windows in it. */
public final class OpenTask {
  private OpenTask() {}

  /**
   * Opens {@code image}. What cannot be opened is an answer with a reason, for a bad host must not
   * stop the others.
   */
  public static Opened run(String image, HadoopEvidence evidence, SymbolSettings symbols) {
    try {
      ImageIndex index = ImageFormats.standard().index(image, evidence);
      MachineDescription description = ExecutorSymbols.discover(index, evidence, symbols);
      return new Opened(description, ExecutorSymbols.problems(symbols, evidence), "");
    } catch (IOException e) {
      return new Opened(null, List.of(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Opened(null, List.of(), "internal error: " + e);
    }
  }

  /**
   * An opened image.
   *
   * @param description what was found; null when the image cannot be read
   * @param symbolProblems what was wrong with symbol files of the user
   * @param error why the image cannot be read; empty when it can
   */
  public record Opened(MachineDescription description, List<String> symbolProblems, String error)
      implements Serializable {}
}
