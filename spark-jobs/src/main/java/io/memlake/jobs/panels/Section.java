package io.memlake.jobs.panels;

import java.util.Locale;

/** Parts of a page, in the order in which people read them. */
public enum Section {
  /** The state of the fleet on one screen. */
  OVERVIEW("Overview"),
  /** What rules and cross-checks found. */
  FINDINGS("Findings"),
  /** What one or two hosts have. */
  RARE("Rarest things"),
  /** Hosts and their processes. */
  HOSTS("Hosts"),
  /** Connections. */
  NETWORK("Network"),
  /** When things happened. */
  TIMELINE("Timeline"),
  /** What could be read and what not. */
  COVERAGE("Coverage and gaps"),
  /** Where everything comes from. */
  PROVENANCE("Provenance"),
  /** One host. */
  HOST("Host"),
  /** One process. */
  PROCESS("Process"),
  /** A time that was chosen from the timeline. */
  TIME("Events"),
  /** Two hosts or snapshots side by side. */
  DIFF("Differences");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  /** Its heading. */
  public String title() {
    return title;
  }

  /** Whether it shows the whole fleet, without asking for a host. */
  public boolean ofFleet() {
    return compareTo(PROVENANCE) <= 0;
  }

  /** As the files of the panels and the pages spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
