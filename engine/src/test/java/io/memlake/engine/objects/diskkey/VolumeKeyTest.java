package io.memlake.engine.objects.diskkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.trace.ExpandedKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VolumeKeyTest {
  /** Key and last round key of FIPS 197, appendix A.1. */
  private static final String KEY = "2b7e151628aed2a6abf7158809cf4f3c";

  private static final String LAST_ROUND = "d014f9a8c9ee2589e13f0cc8b6630ca6";

  @Test
  void theExpandedKeyOfTheStandardIsFound() {
    byte[] expanded = ExpandedKey.of(hex(KEY));
    assertThat(Arrays.copyOfRange(expanded, 160, 176)).isEqualTo(hex(LAST_ROUND));

    byte[] bytes = new byte[400];
    System.arraycopy(expanded, 0, bytes, 0x5C, expanded.length);

    assertThat(AesSchedule.find(bytes)).hasSize(1);
    assertThat(AesSchedule.find(bytes).get(0).offset()).isEqualTo(0x5C);
    assertThat(AesSchedule.find(bytes).get(0).key()).isEqualTo(hex(KEY));
  }

  @Test
  void oneWrongBitInARoundKeyIsNoKey() {
    byte[] expanded = ExpandedKey.of(hex(KEY));
    expanded[170] ^= 1;

    assertThat(AesSchedule.find(expanded)).isEmpty();
    assertThat(AesSchedule.find(new byte[4096])).isEmpty();
  }

  @Test
  void tagAndNumberOfKeysTellTheCipher() {
    byte[] one = random(32, 1);
    byte[] other = random(32, 2);
    byte[] bytes = new byte[0x400];
    System.arraycopy(ExpandedKey.of(one), 0, bytes, 0x40, 240);
    System.arraycopy(ExpandedKey.of(other), 0, bytes, 0x200, 240);

    VolumeKey xts = VolumeKey.find("None", bytes).orElseThrow();
    assertThat(xts.algorithm()).isEqualTo("AES-XTS-256");
    assertThat(xts.key()).startsWith(one).endsWith(other).hasSize(64);
    assertThat(xts.dislockerFile()).hasSize(66).startsWith(0x05, 0x80);
    VolumeKey diffuser = VolumeKey.find("FVEc", bytes).orElseThrow();
    assertThat(diffuser.algorithm()).isEqualTo("AES-CBC-256-DIFFUSER");
    assertThat(diffuser.tweak()).isEqualTo(other);
    assertThat(diffuser.dislockerFile()).startsWith(0x01, 0x80).endsWith(other);
    Arrays.fill(bytes, 0x200, 0x300, (byte) 0);
    assertThat(VolumeKey.find("Cngb", bytes).orElseThrow().algorithm()).isEqualTo("AES-CBC-256");
    assertThat(VolumeKey.find("Cngb", new byte[600])).isEmpty();
  }

  private static byte[] random(int length, long seed) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
