package io.memlake.engine.objects.network;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pool.PoolPlaces;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which layout reads the objects of this image.
 *
 * <p>Each row is tried on samples from the pool: an object counts when its address family is one,
 * its owner is a process of this machine and its time lies in this boot. A row for the build wins
 * ties. When no row finds the owners of connections, their place is searched: it is the offset at
 * which most samples hold a known process.
 *
 * @param layout the row
 * @param sound samples that it reads
 * @param owned of them, those whose owner is known
 * @param samples samples tried
 * @param score how much sense the samples make under it
 */
public record LayoutChoice(NetworkLayout layout, int sound, int owned, int samples, int score) {
  private static final int MAXIMUM_SAMPLES = 512;
  private static final int FIRST_OWNER = 0x80;
  private static final int LAST_OWNER = 0x3F8;
  private static final int[] TIME_AFTER_OWNER = {0x10, 0x18, -8, 8};

  /** A known owner proves more than a port or a time that is not zero. */
  private static final int OWNED_WEIGHT = 2;

  /**
   * Chooses.
   *
   * @param places pool allocations with tags of network objects
   * @param processes virtual addresses of all known processes
   */
  public static LayoutChoice of(Machine machine, List<PoolPlaces.Place> places, Set<Long> processes)
      throws IOException {
    int build = machine.description().version().build();
    // Blocks in TIME_WAIT look the same in all builds: they say nothing about the row.
    List<PoolPlaces.Place> samples =
        places.stream()
            .filter(place -> NetworkTags.kind(place.tag()) != Endpoint.Kind.TIME_WAIT)
            .limit(MAXIMUM_SAMPLES)
            .toList();
    LayoutChoice best = null;
    for (NetworkLayout row : NetworkLayouts.candidates(build)) {
      LayoutChoice tried = tried(machine, row, samples, processes);
      if (best == null || tried.score() > best.score()) {
        best = tried;
      }
    }
    Optional<NetworkLayout> measured = measured(machine, best.layout, samples, processes);
    if (measured.isPresent()) {
      LayoutChoice moved = tried(machine, measured.get(), samples, processes);
      return moved.score() > best.score() ? moved : best;
    }
    return best;
  }

  private static LayoutChoice tried(
      Machine machine, NetworkLayout row, List<PoolPlaces.Place> samples, Set<Long> processes)
      throws IOException {
    EndpointReader reader = new EndpointReader(machine, row);
    int sound = 0;
    int owned = 0;
    int score = 0;
    for (PoolPlaces.Place place : samples) {
      Optional<Endpoint> endpoint = reader.read(NetworkTags.kind(place.tag()), place.data());
      if (endpoint.isPresent()) {
        boolean known = processes.contains(endpoint.get().owner());
        sound++;
        owned += known ? 1 : 0;
        score += 1 + (known ? OWNED_WEIGHT : 0);
        score += endpoint.get().localPort() != 0 ? 1 : 0;
        score += endpoint.get().created() != 0 ? 1 : 0;
      }
    }
    return new LayoutChoice(row, sound, owned, samples.size(), score);
  }

  /** The row with the owner of connections where most samples hold a process; empty if nowhere. */
  private static Optional<NetworkLayout> measured(
      Machine machine, NetworkLayout row, List<PoolPlaces.Place> samples, Set<Long> processes)
      throws IOException {
    EndpointReader reader = new EndpointReader(machine, row);
    int[] owners = new int[LAST_OWNER / Long.BYTES + 1];
    int[] times = new int[TIME_AFTER_OWNER.length];
    byte[] pointer = new byte[Long.BYTES];
    int connections = 0;
    for (PoolPlaces.Place place : samples) {
      boolean connection = NetworkTags.kind(place.tag()) == Endpoint.Kind.CONNECTION;
      if (connection && reader.read(Endpoint.Kind.CONNECTION, place.data()).isPresent()) {
        connections++;
        for (int offset = FIRST_OWNER; offset <= LAST_OWNER; offset += Long.BYTES) {
          boolean read = machine.kernelSpace().read(place.data() + offset, pointer, 0, Long.BYTES);
          if (read && processes.contains(LittleEndian.i64(pointer, 0))) {
            owners[offset / Long.BYTES]++;
          }
        }
      }
    }
    int best = 0;
    for (int i = 0; i < owners.length; i++) {
      best = owners[i] > owners[best] ? i : best;
    }
    // A single sample may hold any pointer to a process by chance.
    if (owners[best] < 2 || owners[best] * 2 < connections) {
      return Optional.empty();
    }
    int owner = best * Long.BYTES;
    int created = owner + TIME_AFTER_OWNER[0];
    int most = -1;
    for (int i = 0; i < TIME_AFTER_OWNER.length; i++) {
      NetworkLayout moved = row.withOwner(owner, owner + TIME_AFTER_OWNER[i]);
      EndpointReader trial = new EndpointReader(machine, moved);
      for (PoolPlaces.Place place : samples) {
        boolean timed =
            NetworkTags.kind(place.tag()) == Endpoint.Kind.CONNECTION
                && trial
                    .read(Endpoint.Kind.CONNECTION, place.data())
                    .map(found -> found.created() != 0)
                    .orElse(false);
        times[i] += timed ? 1 : 0;
      }
      if (times[i] > most) {
        most = times[i];
        created = owner + TIME_AFTER_OWNER[i];
      }
    }
    return Optional.of(row.withOwner(owner, created));
  }
}
