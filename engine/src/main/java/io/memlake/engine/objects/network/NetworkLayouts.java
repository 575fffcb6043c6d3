package io.memlake.engine.objects.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The known rows of {@link NetworkLayout}, out of {@code network-layouts.tsv}. */
public final class NetworkLayouts {
  private static final String RESOURCE = "network-layouts.tsv";
  private static final List<NetworkLayout> ROWS = load();

  private NetworkLayouts() {}

  /** All rows in the order of the table. */
  public static List<NetworkLayout> all() {
    return ROWS;
  }

  /** Rows worth trying for a build, the likeliest first. */
  public static List<NetworkLayout> candidates(int build) {
    return ROWS.stream().sorted(Comparator.comparingInt(row -> row.distanceTo(build))).toList();
  }

  private static List<NetworkLayout> load() {
    try (InputStream in = NetworkLayouts.class.getResourceAsStream(RESOURCE)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<NetworkLayout> parse(String text) {
    List<NetworkLayout> rows = new ArrayList<>();
    String[] columns = null;
    for (String line : text.lines().filter(found -> !found.startsWith("#")).toList()) {
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

  private static NetworkLayout row(Map<String, String> row) {
    return new NetworkLayout(
        row.get("name"),
        Integer.parseInt(row.get("first")),
        Integer.parseInt(row.get("last")),
        new NetworkLayout.Connection(
            hex(row, "connection_family"),
            hex(row, "connection_addresses"),
            hex(row, "connection_state"),
            hex(row, "connection_local_port"),
            hex(row, "connection_remote_port"),
            hex(row, "connection_owner"),
            hex(row, "connection_created"),
            hex(row, "connection_links")),
        listener(row, "listener_"),
        new NetworkLayout.Datagram(listener(row, "udp_"), row.get("udp_direct").equals("yes")),
        hex(row, "family"),
        new NetworkLayout.Tables(
            hex(row, "partition_size"),
            hex(row, "pool_bitmap"),
            hex(row, "pool_assignments"),
            hex(row, "assignment_list"),
            hex(row, "entry_size"),
            hex(row, "entry_object")));
  }

  private static NetworkLayout.Listener listener(Map<String, String> row, String prefix) {
    return new NetworkLayout.Listener(
        hex(row, prefix + "family"),
        hex(row, prefix + "owner"),
        hex(row, prefix + "created"),
        hex(row, prefix + "address"),
        hex(row, prefix + "port"),
        hex(row, prefix + "next"));
  }

  private static int hex(Map<String, String> row, String column) {
    String cell = row.get(column);
    return cell.equals("-") ? -1 : Integer.parseInt(cell, 16);
  }
}
