package io.memlake.testdata.truth;

/**
 * A connection, a listener or a datagram endpoint.
 *
 * @param address virtual address of its structure
 * @param localPort its port
 * @param remotePort port of the other side; 0 for none
 */
public record SocketTruth(long address, int localPort, int remotePort) {}
