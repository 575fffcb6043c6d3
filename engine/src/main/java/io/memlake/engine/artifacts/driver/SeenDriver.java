package io.memlake.engine.artifacts.driver;

import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.artifacts.ObjectOrigin;
import io.memlake.engine.artifacts.Sighting;
import io.memlake.engine.objects.driver.DriverObject;
import java.util.Optional;

/**
 * A driver and who saw it.
 *
 * @param driver the driver
 * @param objectName its name in its directory; empty when absent
 * @param sighting who saw it
 */
public record SeenDriver(DriverObject driver, Optional<String> objectName, Sighting sighting) {
  /** Where its bytes lie. */
  ObjectOrigin origin(Candidates candidates) {
    return ObjectOrigin.of(
        candidates, driver.virtualAddress(), driver.physicalAddress(), sighting.scanned());
  }

  /** Its full name, or what is known of it; for messages and joins. */
  public String label() {
    return driver.name().or(this::objectName).orElse("");
  }
}
