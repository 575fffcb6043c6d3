package io.memlake.engine.symbols.store;

import java.io.Serializable;
import java.util.List;

/**
 * What the user says about symbols; any task can open the same store from it.
 *
 * @param folders folders or files with symbols, in the order of trust
 * @param forcedFile symbol file to use whatever the image says, empty for none
 */
public record SymbolSettings(List<String> folders, String forcedFile) implements Serializable {
  /** Nothing given: the table inside the program alone. */
  public static final SymbolSettings EMBEDDED_ONLY = new SymbolSettings(List.of(), "");

  /** Copies the list; a forced file of null means none. */
  public SymbolSettings {
    folders = List.copyOf(folders);
    forcedFile = forcedFile == null ? "" : forcedFile;
  }
}
