package io.memlake.testdata.layout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which facts are taken from a symbol file, from the resource {@code wanted.txt}: lines of {@code
 * STRUCT field field...} and {@code symbol name name...}. A kernel need not have all of them.
 *
 * @param fields dotted field paths by structure
 * @param symbols symbol names
 */
record WantedFacts(Map<String, List<String>> fields, List<String> symbols) {

  static WantedFacts load() throws IOException {
    return load("wanted.txt");
  }

  /** What 64-bit machines need, and what 32-bit ones need besides. */
  static WantedFacts loadNarrow() throws IOException {
    WantedFacts all = load();
    WantedFacts more = load("wanted-narrow.txt");
    more.fields()
        .forEach(
            (name, paths) ->
                all.fields().computeIfAbsent(name, key -> new ArrayList<>()).addAll(paths));
    all.symbols().addAll(more.symbols());
    return all;
  }

  static WantedFacts load(String resource) throws IOException {
    Map<String, List<String>> fields = new TreeMap<>();
    List<String> symbols = new ArrayList<>();
    try (InputStream in = WantedFacts.class.getResourceAsStream(resource);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        List<String> words = List.of(line.strip().split(" +", -1));
        List<String> names = words.subList(1, words.size());
        if (words.get(0).equals("symbol")) {
          symbols.addAll(names);
        } else {
          fields.computeIfAbsent(words.get(0), name -> new ArrayList<>()).addAll(names);
        }
      }
    }
    return new WantedFacts(fields, symbols);
  }
}
