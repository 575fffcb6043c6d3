package io.memlake.engine.objects.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureFinderTest {

  @Test
  void addressesEndWhereTheirTextDoes() {
    assertThat(
            values("see <a href=\"https://example.org/a?b=1&c\">x</a> (ftp://files.example.net/)."))
        .contains(
            "URL https://example.org/a?b=1&c",
            "DOMAIN example.org",
            "URL ftp://files.example.net/",
            "DOMAIN files.example.net");
    assertThat(values("http://intranet/login and http://10.0.0.5:8080/x"))
        .contains("URL http://intranet/login", "URL http://10.0.0.5:8080/x", "IP 10.0.0.5");
  }

  @Test
  void namesOfFilesAndVersionsAreNoHosts() {
    assertThat(values("ntdll.dll C:\\Windows\\notepad.exe kernel32.DLL a.b.c setup.log app.config"))
        .isEmpty();
    assertThat(values("10.0.19041.804 1.2.3 256.1.1.1 0.1.2.3 1.2.3.4.5 01.2.3.4.x")).isEmpty();
    assertThat(find("version 10.0.0.21 ok")).allMatch(feature -> !feature.certain());
  }

  @Test
  void mailAddressesAndHostsAreFoundInBothEncodings() {
    String text = "to: Admin@Corp.Example.ORG; www.example.com";
    byte[] wide = text.getBytes(StandardCharsets.UTF_16LE);
    byte[] odd = new byte[wide.length + 1];
    System.arraycopy(wide, 0, odd, 1, wide.length);

    for (byte[] bytes : List.of(wide, odd)) {
      assertThat(FeatureFinder.find(bytes, bytes.length, bytes.length, false))
          .allMatch(Feature::wide)
          .extracting(Feature::value)
          .contains("Admin@corp.example.org", "www.example.com");
    }
    assertThat(values(text)).contains("EMAIL Admin@corp.example.org", "DOMAIN www.example.com");
  }

  @Test
  void namesInMixedCaseAreEncodedData() {
    assertThat(values("x8sQ.com aBcDe@qRs.org Microsoft.com WWW.EXAMPLE.ORG"))
        .containsExactly("DOMAIN microsoft.com", "DOMAIN www.example.org");
    assertThat(values("https://GitHub.com/x")).contains("DOMAIN github.com");
  }

  @Test
  void walletsProveThemselvesByTheirCheckSums() {
    assertThat(values("1BoatSLRHtKNngkdXEeobR76b53LETtpyT"))
        .containsExactly("WALLET 1BoatSLRHtKNngkdXEeobR76b53LETtpyT");
    assertThat(values("1BoatSLRHtKNngkdXEeobR76b53LETtpyU")).isEmpty();
    assertThat(values("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4")).hasSize(1);
    assertThat(values("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")).isEmpty();
    assertThat(values("0x52908400098527886E0F7030069857D2E4169EE7")).hasSize(1);
    assertThat(values("0x0000000000000000000000000000000000000000")).isEmpty();
  }

  @Test
  void keysAreMaskedBehindTheirFirstCharacters() {
    assertThat(values("id AKIAIOSFODNN7EXAMPLE end")).containsExactly("KEY AKIAIOSF************");
    assertThat(values("-----BEGIN RSA PRIVATE KEY-----")).containsExactly("KEY -----BEGIN");
  }

  @Test
  void whatBeganBeforeOrBeginsBehindIsLeftOut() {
    byte[] bytes = "ple.example.com  www.example.net".getBytes(StandardCharsets.US_ASCII);

    assertThat(FeatureFinder.find(bytes, bytes.length, bytes.length, true))
        .extracting(Feature::value)
        .containsExactly("www.example.net");
    assertThat(FeatureFinder.find(bytes, bytes.length, 17, false))
        .extracting(Feature::value)
        .containsExactly("ple.example.com");
  }

  @Test
  void anyBytesEndWell() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 300; round++) {
      byte[] bytes = new byte[1 + random.nextInt(600)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) "http://.@-:0123abc\0 %\u00ff".charAt(random.nextInt(22));
      }
      FeatureFinder.find(bytes, bytes.length, bytes.length, round % 2 == 0);
    }
  }

  private static List<Feature> find(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return FeatureFinder.find(bytes, bytes.length, bytes.length, false);
  }

  private static List<String> values(String text) {
    return find(text).stream().map(feature -> feature.type() + " " + feature.value()).toList();
  }
}
