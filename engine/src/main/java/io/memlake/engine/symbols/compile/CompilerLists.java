package io.memlake.engine.symbols.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memlake.engine.symbols.KernelVersion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What symbol files do not say: which symbols matter, and the file versions of known binaries. */
final class CompilerLists {
  private static final String WANTED_SYMBOLS = "wanted-symbols.txt";

  /** As the public symbol set names its files in its list and its history. */
  private static final String VERSIONS = "versions.tsv";

  private CompilerLists() {}

  static Set<String> wantedSymbols() throws IOException {
    return lines(WANTED_SYMBOLS).stream()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** File version by GUID and age. */
  static Map<String, KernelVersion> versions() throws IOException {
    Map<String, KernelVersion> versions = new HashMap<>();
    for (String line : lines(VERSIONS).stream().skip(1).toList()) {
      String[] columns = line.split("\t", -1);
      versions.put(columns[1], KernelVersion.parse(columns[2]));
    }
    return versions;
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = CompilerLists.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("The program lacks its resource " + resource);
      }
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
