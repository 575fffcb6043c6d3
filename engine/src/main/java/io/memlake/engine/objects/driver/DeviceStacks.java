package io.memlake.engine.objects.driver;

import io.memlake.engine.bytes.Hex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The devices of one driver and what is attached on top of each.
 *
 * @param places the devices, stack by stack from the bottom
 * @param problems where a chain could not be followed, in words
 */
public record DeviceStacks(List<Place> places, List<String> problems) {
  /** Devices of one driver; a storage server has some thousand. */
  private static final int MAXIMUM_DEVICES = 65536;

  /** Devices in one stack; Windows itself gives up far below. */
  private static final int MAXIMUM_DEPTH = 256;

  /** Copies the lists. */
  public DeviceStacks {
    places = List.copyOf(places);
    problems = List.copyOf(problems);
  }

  /**
   * A device in its stack.
   *
   * @param order position of the stack among the devices of the driver
   * @param depth 0 for the driver's own device
   * @param below the device below it; 0 at depth 0
   * @param device the device
   */
  public record Place(int order, int depth, long below, DeviceObject device) {}

  /** Follows the chains from the driver's first device. */
  public static DeviceStacks of(DeviceReader reader, DriverObject driver) throws IOException {
    List<Place> places = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Set<Long> own = new HashSet<>();
    long at = driver.deviceObject();
    for (int order = 0; at != 0; order++) {
      Optional<DeviceObject> device = order < MAXIMUM_DEVICES ? reader.at(at) : Optional.empty();
      if (device.isEmpty() || !own.add(at)) {
        problems.add("the chain of devices leads to " + Hex.address(at) + ", which is none");
        break;
      }
      places.add(new Place(order, 0, 0, device.get()));
      stack(reader, order, device.get(), places, problems);
      at = device.get().next();
    }
    return new DeviceStacks(places, problems);
  }

  private static void stack(
      DeviceReader reader,
      int order,
      DeviceObject bottom,
      List<Place> places,
      List<String> problems)
      throws IOException {
    Set<Long> seen = new HashSet<>();
    DeviceObject below = bottom;
    for (int depth = 1; below.attached() != 0; depth++) {
      long at = below.attached();
      Optional<DeviceObject> device = depth < MAXIMUM_DEPTH ? reader.at(at) : Optional.empty();
      if (device.isEmpty() || !seen.add(at)) {
        problems.add("a device stack leads to " + Hex.address(at) + ", which is no device");
        return;
      }
      places.add(new Place(order, depth, below.virtualAddress(), device.get()));
      below = device.get();
    }
  }
}
