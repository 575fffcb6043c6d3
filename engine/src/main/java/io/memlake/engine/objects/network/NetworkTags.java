package io.memlake.engine.objects.network;

import java.util.Map;
import java.util.Set;

/** Pool tags of network objects. */
public final class NetworkTags {
  private static final Map<String, Endpoint.Kind> KINDS =
      Map.of(
          "TcpE",
          Endpoint.Kind.CONNECTION,
          "TTcb",
          Endpoint.Kind.CONNECTION,
          TimeWaitBlock.TAG,
          Endpoint.Kind.TIME_WAIT,
          "TcpL",
          Endpoint.Kind.LISTENER,
          "UdpA",
          Endpoint.Kind.DATAGRAM);

  private NetworkTags() {}

  /** All tags. */
  public static Set<String> all() {
    return KINDS.keySet();
  }

  /** The kind of object under a tag, which must be one of {@link #all}. */
  public static Endpoint.Kind kind(String tag) {
    return KINDS.get(tag);
  }
}
