package io.memlake.engine.objects.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InternetAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "fe80::1c2:3d4:5e6:7f8",
        "2001:db8::8a2e:370:7334",
        "2001:db8:0:1:1:1:1:1",
        "1::",
        "0:1::",
        "2001:db8::1:0:0:1"
      })
  void addressesOfVersion6AreSpelledAsRfc5952Says(String address) throws UnknownHostException {
    assertThat(InternetAddress.version6(InetAddress.getByName(address).getAddress()))
        .isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.0.0.21", "255.255.255.255"})
  void addressesOfVersion4HaveFourNumbers(String address) throws UnknownHostException {
    assertThat(InternetAddress.version4(InetAddress.getByName(address).getAddress(), 0))
        .isEqualTo(address);
  }

  @Test
  void mappedAddressesKeepTheirNumbers() {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xFF;
    bytes[11] = (byte) 0xFF;
    bytes[12] = 10;
    bytes[15] = 7;
    assertThat(InternetAddress.version6(bytes)).isEqualTo("::ffff:10.0.0.7");
  }
}
