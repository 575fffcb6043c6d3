package io.memlake.engine.kernel;

import java.io.Serializable;

/**
 * How hard discovery searches.
 *
 * @param sweepWholeImage whether to read the whole image when the quick locators fail
 * @param maximumSweepBytes where such a sweep stops
 */
public record DiscoverySettings(boolean sweepWholeImage, long maximumSweepBytes)
    implements Serializable {
  /** Sweeps images up to 1 TiB. */
  public static final DiscoverySettings DEFAULT = new DiscoverySettings(true, 1L << 40);
}
