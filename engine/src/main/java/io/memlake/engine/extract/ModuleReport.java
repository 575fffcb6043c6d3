package io.memlake.engine.extract;

import java.util.List;

/**
 * What became of the extraction of a module.
 *
 * @param rebuilt whether the file is laid out as on disk; otherwise its headers were lost, and the
 *     file is the memory from the base on as it is
 * @param size bytes of the file
 * @param holes pages without bytes, by rising offset in the file
 * @param notes what is uncertain, in words
 */
public record ModuleReport(boolean rebuilt, long size, List<ModuleHole> holes, List<String> notes) {

  /** Copies the lists. */
  public ModuleReport {
    holes = List.copyOf(holes);
    notes = List.copyOf(notes);
  }

  /** Whether every byte that the file should have was there. */
  public boolean isComplete() {
    return holes.isEmpty() && notes.isEmpty();
  }
}
