package io.memlake.engine.objects.network;

/**
 * Where the fields of network objects lie in a range of builds; -1 for what an object has not.
 *
 * @param name the row, for reports
 * @param firstBuild first build that it describes
 * @param lastBuild last such build
 * @param connection {@code TCP_ENDPOINT}
 * @param listener {@code TCP_LISTENER}
 * @param datagram {@code UDP_ENDPOINT}
 * @param family offset of the address family in the object that endpoints point to
 * @param tables what leads to the objects
 */
public record NetworkLayout(
    String name,
    int firstBuild,
    int lastBuild,
    Connection connection,
    Listener listener,
    Datagram datagram,
    int family,
    Tables tables) {

  /**
   * Fields of a connection.
   *
   * @param family pointer to the address family
   * @param addresses pointer to both addresses
   * @param state TCP state
   * @param localPort big-endian port
   * @param remotePort big-endian port
   * @param owner pointer to the EPROCESS
   * @param created file time, or -1
   * @param links entry in the hash table
   */
  public record Connection(
      int family,
      int addresses,
      int state,
      int localPort,
      int remotePort,
      int owner,
      int created,
      int links) {
    int end() {
      return Math.max(Math.max(owner, created), links + Long.BYTES) + Long.BYTES;
    }
  }

  /**
   * Fields of a listener.
   *
   * @param family pointer to the address family
   * @param owner pointer to the EPROCESS
   * @param created file time
   * @param address pointer to the local address
   * @param port big-endian port
   * @param next pointer to the next object on the same port
   */
  public record Listener(int family, int owner, int created, int address, int port, int next) {
    int end() {
      return Math.max(Math.max(Math.max(family, next), Math.max(created, address)), port)
          + Long.BYTES;
    }
  }

  /**
   * Fields of a datagram endpoint: those of a listener, and how its address is reached.
   *
   * @param fields offsets
   * @param direct whether the local address is one pointer away, not three
   */
  public record Datagram(Listener fields, boolean direct) {}

  /**
   * The tables of tcpip.sys.
   *
   * @param partitionSize bytes of a partition
   * @param poolBitmap bitmap of used ports in a port pool
   * @param poolAssignments its 256 pointers to blocks of 256 ports
   * @param assignmentList pointer to the entries in such a block
   * @param entrySize bytes of an entry
   * @param entryObject pointer to the object in an entry
   */
  public record Tables(
      int partitionSize,
      int poolBitmap,
      int poolAssignments,
      int assignmentList,
      int entrySize,
      int entryObject) {}

  /** How far the row is from a build: 0 when it describes it. */
  int distanceTo(int build) {
    return build < firstBuild ? firstBuild - build : Math.max(0, build - lastBuild);
  }

  /** The same with the owner and time of connections elsewhere. */
  NetworkLayout withOwner(int owner, int created) {
    Connection moved =
        new Connection(
            connection.family,
            connection.addresses,
            connection.state,
            connection.localPort,
            connection.remotePort,
            owner,
            created,
            connection.links);
    return new NetworkLayout(
        name + " with owner at 0x" + Integer.toHexString(owner),
        firstBuild,
        lastBuild,
        moved,
        listener,
        datagram,
        family,
        tables);
  }
}
