package io.memlake.jobs.hunt.indicator;

/** Addresses and ranges as texts. */
public final class Addresses {
  private Addresses() {}

  /** Whether {@code address} lies in {@code range}; false when either is none. */
  public static boolean isIn(String address, String range) {
    return AddressRange.parse(range)
        .flatMap(r -> AddressRange.bits(address).map(bits -> bits.startsWith(r.prefix())))
        .orElse(false);
  }
}
