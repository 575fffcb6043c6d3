package io.memlake.engine.artifacts;

import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.objects.pool.ScannedPlace;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.schemas.evidence.ForensicPath;
import java.util.Optional;

/**
 * Where the bytes of an object lie, as tables have it.
 *
 * @param layer column {@code layer}: {@code physical}, {@code pagefile0}, {@code compressed}; null
 *     when the object was read under a kernel address whose page left RAM, and no scan found it
 * @param path column {@code forensic_path}
 * @param physicalAddress column {@code physical_address}; null when it is not in RAM
 */
public record ObjectOrigin(String layer, String path, Long physicalAddress) {

  /**
   * Origin of an object.
   *
   * @param virtualAddress its kernel address, 0 when no table maps it
   * @param physicalAddress where it is in RAM, {@link AddressSpace#ABSENT} when its page left it
   * @param scanned what the scan knows; empty when the scan did not find it
   */
  public static ObjectOrigin of(
      Candidates candidates,
      long virtualAddress,
      long physicalAddress,
      Optional<PoolObject> scanned) {
    if (physicalAddress != AddressSpace.ABSENT) {
      return new ObjectOrigin("physical", ForensicPath.physical(physicalAddress), physicalAddress);
    }
    return scanned
        .map(object -> at(candidates, object.place()))
        .orElseGet(() -> new ObjectOrigin(null, ForensicPath.kernel(virtualAddress), null));
  }

  /**
   * Origin of what lies at a place of the scan.
   *
   * @param place a {@link ScannedPlace}
   */
  public static ObjectOrigin at(Candidates candidates, long place) {
    return new ObjectOrigin(
        candidates.pages().layerOf(place),
        candidates.pages().pathOf(place),
        ScannedPlace.isPhysical(place) ? place : null);
  }
}
