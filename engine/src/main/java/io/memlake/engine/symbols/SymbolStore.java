package io.memlake.engine.symbols;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where the symbols of a kernel come from: files of the user, then the embedded table. */
public interface SymbolStore {

  /** The symbols that the user named for this host, whatever identity the kernel has. */
  Optional<SymbolTable> forced() throws IOException;

  /**
   * The symbols of a build.
   *
   * @return empty when no source knows it
   * @throws IOException when a symbol file cannot be read or contradicts its format
   */
  Optional<SymbolTable> find(PdbId pdb) throws IOException;

  /** All kernels that {@link #find} knows, sorted by their key, each once. */
  List<PdbId> kernels() throws IOException;
}
