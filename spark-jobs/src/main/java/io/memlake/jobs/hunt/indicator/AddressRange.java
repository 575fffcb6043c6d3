package io.memlake.jobs.hunt.indicator;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of addresses with a common prefix.
 *
 * @param prefix bits that all have, as text of binary digits; those of version 4 begin with 4:
 */
record AddressRange(String prefix) {

  /** Reads {@code 203.0.113.0/24}. */
  static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !TypeGuess.isAddress(text.substring(0, slash))) {
      return Optional.empty();
    }
    try {
      int length = Integer.parseInt(text.substring(slash + 1));
      Optional<String> bits = bits(text.substring(0, slash));
      return length < 0 || bits.isEmpty() || length > bits.get().length() - 2
          ? Optional.empty()
          : Optional.of(new AddressRange(bits.get().substring(0, 2 + length)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** All bits of an address. */
  static Optional<String> bits(String address) {
    if (!TypeGuess.isAddress(address)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      int width = bytes.length * 8;
      String digits = new BigInteger(1, bytes).toString(2);
      return Optional.of(
          (width == 32 ? "4:" : "6:") + "0".repeat(width - digits.length()) + digits);
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
