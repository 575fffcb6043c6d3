package io.memlake.engine.objects.pool;

import java.io.Serializable;

/**
 * A pool header that the scan found.
 *
 * @param physicalAddress where the header lies
 * @param tag its tag as a little-endian number
 */
public record PoolHit(long physicalAddress, int tag) implements Serializable {}
