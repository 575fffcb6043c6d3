package io.memlake.engine.objects.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names of the numbers in service records, as {@code winsvc.h} has them. */
public final class ServiceNames {
  private static final List<String> STARTS =
      List.of(
          "SERVICE_BOOT_START",
          "SERVICE_SYSTEM_START",
          "SERVICE_AUTO_START",
          "SERVICE_DEMAND_START",
          "SERVICE_DISABLED");

  private static final List<String> STATES =
      List.of(
          "",
          "SERVICE_STOPPED",
          "SERVICE_START_PENDING",
          "SERVICE_STOP_PENDING",
          "SERVICE_RUNNING",
          "SERVICE_CONTINUE_PENDING",
          "SERVICE_PAUSE_PENDING",
          "SERVICE_PAUSED");

  private static final Map<Integer, String> TYPES =
      new TreeMap<>(
          Map.of(
              0x1, "SERVICE_KERNEL_DRIVER",
              0x2, "SERVICE_FILE_SYSTEM_DRIVER",
              0x4, "SERVICE_ADAPTOR",
              0x8, "SERVICE_RECOGNIZER_DRIVER",
              0x10, "SERVICE_WIN32_OWN_PROCESS",
              0x20, "SERVICE_WIN32_SHARE_PROCESS",
              0x40, "SERVICE_USER_SERVICE",
              0x80, "SERVICE_USERSERVICE_INSTANCE",
              0x100, "SERVICE_INTERACTIVE_PROCESS",
              0x200, "SERVICE_PKG_SERVICE"));

  private ServiceNames() {}

  /** How a service starts; empty for an unknown number. */
  public static Optional<String> start(int number) {
    return number >= 0 && number < STARTS.size()
        ? Optional.of(STARTS.get(number))
        : Optional.empty();
  }

  /** The state of a service; empty for an unknown number. */
  public static Optional<String> state(int number) {
    return number > 0 && number < STATES.size()
        ? Optional.of(STATES.get(number))
        : Optional.empty();
  }

  /** The known bits of a type, joined by {@code |}. */
  public static String type(int bits) {
    return TYPES.entrySet().stream()
        .filter(entry -> (bits & entry.getKey()) != 0)
        .map(Map.Entry::getValue)
        .collect(Collectors.joining("|"));
  }
}
