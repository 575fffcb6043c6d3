package io.memlake.jobs.analyze;

import io.memlake.engine.artifacts.carve.CarvedRows;
import io.memlake.schemas.Tables;
import io.memlake.schemas.timeline.Timeline;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** How much an analysis does. */
public enum Profile {
  /** Everything but the row for each page of RAM, carved files and the timeline. */
  QUICK,
  /** All tables but secrets and the row for each page of code of each process. */
  STANDARD,
  /** All tables but secrets. */
  FULL;

  private static final String PAGES = "pages";
  private static final String MODULE_PAGES = "module_pages";

  /** Tables of passwords and keys: filled only when the user asks for them. */
  public static final Set<String> SECRETS =
      Set.of("hashdump", "lsadump", "cachedump", "bitlocker_keys", "kerberos_tickets");

  /** Tables that say what was done and what is missing: never left out. */
  private static final List<String> ALWAYS =
      List.of("evidence", "hosts", "runs", "run_steps", "errors", "image_quality", "chunks");

  /** The tables of this profile; of these only {@code wanted} when it names any. */
  public Set<String> tables(Set<String> wanted) {
    if (!wanted.isEmpty()) {
      Set<String> names = new TreeSet<>(wanted);
      names.addAll(ALWAYS);
      return names;
    }
    Set<String> names = new TreeSet<>(Tables.names());
    names.removeAll(SECRETS);
    if (this != FULL) {
      names.remove(MODULE_PAGES);
    }
    if (this == QUICK) {
      names.remove(PAGES);
      names.remove(Timeline.TABLE);
      names.removeAll(CarvedRows.ownTables());
    }
    return names;
  }

  /** As the command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
