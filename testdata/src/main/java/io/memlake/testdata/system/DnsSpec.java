package io.memlake.testdata.system;

/**
 * An answer that the DNS client shall remember.
 *
 * @param name the name that was asked for
 * @param type number of the type, as in messages
 * @param data an address of IPv4 in words, or a name
 * @param timeToLive seconds
 * @param linked whether the record before it leads to it
 */
public record DnsSpec(String name, int type, String data, int timeToLive, boolean linked) {
  /** An address of IPv4. */
  public static final int A = 1;

  /** An alias. */
  public static final int CNAME = 5;

  /** A mail server. */
  public static final int MX = 15;

  /** An answer that stands alone. */
  public static DnsSpec of(String name, int type, String data, int timeToLive) {
    return new DnsSpec(name, type, data, timeToLive, false);
  }
}
