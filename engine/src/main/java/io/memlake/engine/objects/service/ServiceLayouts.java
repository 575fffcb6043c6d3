package io.memlake.engine.objects.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The known rows of {@link ServiceLayout}, out of {@code service-layouts.tsv}. */
public final class ServiceLayouts {
  private static final String RESOURCE = "service-layouts.tsv";
  private static final List<ServiceLayout> ROWS = load();

  private ServiceLayouts() {}

  /** All rows in the order of the table. */
  public static List<ServiceLayout> all() {
    return ROWS;
  }

  /** Rows worth trying for a build, the likeliest first. */
  public static List<ServiceLayout> candidates(int build) {
    return ROWS.stream().sorted(Comparator.comparingInt(row -> row.distanceTo(build))).toList();
  }

  private static List<ServiceLayout> load() {
    try (InputStream in = ServiceLayouts.class.getResourceAsStream(RESOURCE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<ServiceLayout> rows = new ArrayList<>();
      for (String line : text.lines().filter(found -> !found.startsWith("#")).skip(1).toList()) {
        rows.add(row(line.split("\t", -1)));
      }
      return List.copyOf(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServiceLayout row(String[] cells) {
    int[] offsets = new int[cells.length];
    for (int i = 3; i < cells.length; i++) {
      offsets[i] = Integer.parseInt(cells[i], 16);
    }
    return new ServiceLayout(
        cells[0],
        Integer.parseInt(cells[1]),
        Integer.parseInt(cells[2]),
        offsets[3],
        offsets[4],
        offsets[5],
        offsets[6],
        offsets[7],
        offsets[8],
        offsets[9],
        offsets[10],
        offsets[11],
        offsets[12],
        offsets[13]);
  }
}
