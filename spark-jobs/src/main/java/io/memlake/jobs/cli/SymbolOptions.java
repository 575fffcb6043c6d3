package io.memlake.jobs.cli;

import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.bytes.Locations;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command finds symbols beside those inside the program. */
final class SymbolOptions {
  @Option(
      names = "--symbols",
      paramLabel = "DIR",
      description = "Folder or file with symbols (ISF JSON, compiled tables); may be repeated.")
  private List<String> folders = List.of();

  @Option(
      names = "--isf",
      paramLabel = "FILE",
      description = "Use this symbol file whatever the kernel's PDB id says.")
  private String forced;

  SymbolOptions() {}

  SymbolSettings settings() {
    return new SymbolSettings(
        folders.stream().map(SymbolOptions::absolute).toList(),
        forced == null ? "" : absolute(forced));
  }

  /** Executors have working folders of their own. */
  private static String absolute(String location) {
    return Locations.text(Locations.parse(location));
  }
}
