package io.memlake.engine.kernel;

import io.memlake.engine.symbols.PdbId;
import io.memlake.engine.symbols.SymbolStore;
import io.memlake.engine.symbols.SymbolTable;
import java.util.List;
import java.util.Optional;

/** A store that knows no kernel. */
final class NoSymbols implements SymbolStore {
  @Override
  public Optional<SymbolTable> forced() {
    return Optional.empty();
  }

  @Override
  public Optional<SymbolTable> find(PdbId pdb) {
    return Optional.empty();
  }

  @Override
  public List<PdbId> kernels() {
    return List.of();
  }
}
