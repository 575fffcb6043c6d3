package io.memlake.engine.objects.pool;

/**
 * A pool header that the scan found.
 *
 * @param place where the header lies, a {@link ScannedPlace}
 * @param tag its tag as a little-endian number
 */
public record PoolHit(long place, int tag) {}
