package io.memlake.testdata.fleet;

import io.memlake.testdata.truth.Truth;
import java.nio.file.Path;
import java.util.List;

/**
 * One host of the fleet.
 *
 * @param name computer name, and name of its folder
 * @param image its memory image
 * @param truth what is in it
 * @param planted what is suspicious in it; empty for a clean host
 */
public record DemoHost(String name, Path image, Truth truth, List<PlantedTrace> planted) {

  /** Copies the list. */
  public DemoHost {
    planted = List.copyOf(planted);
  }
}
