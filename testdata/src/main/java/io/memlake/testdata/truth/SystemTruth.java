package io.memlake.testdata.truth;

import java.util.List;
import java.util.Map;

/**
 * What the system of a machine was made to hold, as far as no other reader tells it.
 *
 * @param routines callbacks
 * @param hooks routines of drivers that lead elsewhere
 * @param sockets network objects, in the order of their description
 * @param serviceManager process id of services.exe; 0 for none
 * @param bigPool bytes of each allocation of a page and more that is in use, by its address
 */
public record SystemTruth(
    List<RoutineTruth> routines,
    List<RoutineTruth> hooks,
    List<SocketTruth> sockets,
    long serviceManager,
    Map<Long, Integer> bigPool) {

  /** A machine without any. */
  public static final SystemTruth NOTHING =
      new SystemTruth(List.of(), List.of(), List.of(), 0, Map.of());

  /** Copies the collections. */
  public SystemTruth {
    routines = List.copyOf(routines);
    hooks = List.copyOf(hooks);
    sockets = List.copyOf(sockets);
    bigPool = Map.copyOf(bigPool);
  }
}
