package io.memlake.engine.objects.network;

import java.util.Map;
import java.util.Optional;

/** Names of TCP states as tcpip.sys numbers them. */
public final class TcpStates {
  /** Closed by this side, waiting for late segments. */
  static final long TIME_WAIT = 12;

  private static final Map<Long, String> NAMES =
      Map.ofEntries(
          Map.entry(0L, "CLOSED"),
          Map.entry(1L, "LISTENING"),
          Map.entry(2L, "SYN_SENT"),
          Map.entry(3L, "SYN_RCVD"),
          Map.entry(4L, "ESTABLISHED"),
          Map.entry(5L, "FIN_WAIT1"),
          Map.entry(6L, "FIN_WAIT2"),
          Map.entry(7L, "CLOSE_WAIT"),
          Map.entry(8L, "CLOSING"),
          Map.entry(9L, "LAST_ACK"),
          Map.entry(TIME_WAIT, "TIME_WAIT"),
          Map.entry(13L, "DELETE_TCB"));

  private TcpStates() {}

  /** The name of a number; empty when it is none of the known states. */
  public static Optional<String> name(long state) {
    return Optional.ofNullable(NAMES.get(state));
  }
}
