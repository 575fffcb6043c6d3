package io.memlake.engine.objects.network;

import java.util.Optional;

/**
 * A network object.
 *
 * @param kind which
 * @param virtualAddress where it lies; 0 when nothing maps it
 * @param version 4 or 6
 * @param localAddress text; empty when it is bound to every address
 * @param localPort port
 * @param remoteAddress text; empty for listeners and datagrams, or when absent
 * @param remotePort port; 0 for listeners and datagrams
 * @param state TCP state; -1 for datagrams
 * @param owner virtual address of the EPROCESS, 0 for none
 * @param created file time, 0 when there is none
 * @param next address of the next object on the same port, 0 for none
 */
public record Endpoint(
    Kind kind,
    long virtualAddress,
    int version,
    Optional<String> localAddress,
    int localPort,
    Optional<String> remoteAddress,
    int remotePort,
    long state,
    long owner,
    long created,
    long next) {

  /** The same without its place: equal for one object, wherever its bytes were found. */
  public Endpoint withoutPlace() {
    return new Endpoint(
        kind,
        0,
        version,
        localAddress,
        localPort,
        remoteAddress,
        remotePort,
        state,
        owner,
        created,
        0);
  }

  /** Kinds of network objects. */
  public enum Kind {
    /** {@code TCP_ENDPOINT}. */
    CONNECTION,
    /** What is left of a connection that waits for late segments; it has no owner any more. */
    TIME_WAIT,
    /** {@code TCP_LISTENER}. */
    LISTENER,
    /** {@code UDP_ENDPOINT}. */
    DATAGRAM
  }
}
