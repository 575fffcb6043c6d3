package io.memlake.engine.objects.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The known rows of {@link StoreLayout}, out of {@code store-layouts.tsv}. */
public final class StoreLayouts {
  private static final String RESOURCE = "store-layouts.tsv";
  private static final List<StoreLayout> ROWS = load();

  private StoreLayouts() {}

  /** All rows in the order of the table. */
  public static List<StoreLayout> all() {
    return ROWS;
  }

  /**
   * Rows worth trying for a build, the likeliest first: those that name the build, then its
   * neighbours by distance.
   */
  public static List<StoreLayout> candidates(int ntBuild, int pointerSize) {
    return ROWS.stream()
        .filter(row -> row.pointerSize() == pointerSize)
        .sorted(Comparator.comparingInt(row -> row.distanceTo(ntBuild)))
        .toList();
  }

  private static List<StoreLayout> load() {
    try (InputStream table = StoreLayouts.class.getResourceAsStream(RESOURCE)) {
      return parse(new String(table.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<StoreLayout> parse(String table) {
    List<StoreLayout> rows = new ArrayList<>();
    String[] columns = null;
    for (String line : table.lines().filter(text -> !text.startsWith("#")).toList()) {
      String[] cells = line.split("\t", -1);
      if (columns == null) {
        columns = cells;
        continue;
      }
      Map<String, String> row = new HashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], cells[i]);
      }
      rows.add(row(row));
    }
    return List.copyOf(rows);
  }

  private static StoreLayout row(Map<String, String> row) {
    Optional<StoreAlgorithm> fixed = StoreAlgorithm.ofText(row.get("algorithm"));
    return new StoreLayout(
        row.get("name"),
        Integer.parseInt(row.get("first")),
        Integer.parseInt(row.get("last")),
        Integer.parseInt(row.get("pointer")),
        row.get("globals_pointer").equals("-") ? -1 : hex(row, "globals_pointer"),
        hex(row, "globals_adjust"),
        hex(row, "key_tree"),
        hex(row, "metadata_size"),
        hex(row, "pages_tree"),
        hex(row, "chunk_metadata"),
        hex(row, "region_size_mask"),
        hex(row, "region_index_shift"),
        fixed.isPresent() ? -1 : hex(row, "algorithm"),
        fixed.orElse(null),
        hex(row, "region_pointers"),
        hex(row, "owner_process"),
        hex(row, "chunk_entry_size"),
        row.get("key_has_number").equals("yes"));
  }

  private static int hex(Map<String, String> row, String column) {
    return Integer.parseInt(row.get(column), 16);
  }
}
