package io.memlake.jobs.panels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The register of all panels, in the order in which a page shows them. */
public final class Panels {
  private static final List<Panel> ALL =
      Stream.of(
              "fleet",
              "severity",
              "host_scores",
              "heat",
              "findings",
              "hidden",
              "private_executable",
              "unbacked_threads",
              "injections",
              "foreign_pointers",
              "code_patches",
              "ioc_matches",
              "yara_matches",
              "sigma_matches",
              "rare_processes",
              "rare_modules",
              "rare_drivers",
              "rare_services",
              "rare_objects",
              "rare_endpoints",
              "rare_callbacks",
              "rare_autostarts",
              "large_values",
              "page_classes",
              "unique_code",
              "host_list",
              "process_tree",
              "edges",
              "internal_edges",
              "listeners",
              "activity",
              "timeline_histogram",
              "timeline",
              "quality",
              "errors",
              "chunks",
              "steps",
              "hunt_coverage",
              "evidence",
              "runs",
              "host_facts",
              "host_findings",
              "host_processes",
              "host_network",
              "host_drivers",
              "host_services",
              "host_errors",
              "process_facts",
              "process_findings",
              "process_vads",
              "process_modules",
              "process_threads",
              "process_handles",
              "process_network",
              "events_between",
              "diff_processes",
              "diff_modules",
              "diff_drivers",
              "diff_services",
              "diff_network")
          .map(Panels::load)
          .toList();

  private Panels() {}

  /** All panels. */
  public static List<Panel> all() {
    return ALL;
  }

  /** Panels that show the whole fleet and need no parameters. */
  public static List<Panel> ofFleet() {
    return ALL.stream().filter(panel -> panel.section().ofFleet()).toList();
  }

  /** Panels of a section. */
  public static List<Panel> of(Section section) {
    return ALL.stream().filter(panel -> panel.section() == section).toList();
  }

  /** The panel of that name, if there is one. */
  public static Optional<Panel> find(String id) {
    return ALL.stream().filter(panel -> panel.id().equals(id)).findFirst();
  }

  private static Panel load(String id) {
    String resource = "/panels/" + id + ".sql";
    try (InputStream file = Panels.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("Panel " + id + " is registered without " + resource);
      }
      return PanelReader.read(id, new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }
}
