package io.memlake.schemas.timeline;

import io.memlake.schemas.Tables;
import io.memlake.schemas.row.TimelineRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecordBase;

/** Makes events of rows, by the rules in {@code timeline/rules.txt}. */
public final class Timeline {
  /** Name of the table. */
  public static final String TABLE = "timeline";

  private static final String RESOURCE = "/timeline/rules.txt";
  private static final Map<String, TimelineRule> RULES = read();

  private Timeline() {}

  /**
   * The events of a row, none for tables without times. Common columns are not stamped.
   *
   * @param row of any table
   */
  public static List<TimelineRow> events(SpecificRecordBase row) {
    TimelineRule rule = RULES.get(row.getSchema().getFullName());
    return rule == null ? List.of() : rule.events(row);
  }

  /** Tables whose rows have events. */
  public static Set<String> tables() {
    Set<String> tables = new TreeSet<>();
    Tables.all().stream()
        .filter(table -> RULES.containsKey(table.avro().getFullName()))
        .forEach(table -> tables.add(table.name()));
    return tables;
  }

  private static Map<String, TimelineRule> read() {
    try (InputStream in = Timeline.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its resource " + RESOURCE);
      }
      Map<String, TimelineRule> rules = new HashMap<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split(" \\| ", -1);
          if (parts.length != 3) {
            throw new IllegalStateException("Not table, message and columns: " + line);
          }
          var table = Tables.byName(parts[0].strip());
          rules.put(
              table.avro().getFullName(), new TimelineRule(table, parts[1].strip(), parts[2]));
        }
      }
      return Map.copyOf(rules);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + RESOURCE, e);
    }
  }
}
