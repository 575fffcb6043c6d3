package io.memlake.engine.objects.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SidNamesTest {

  @Test
  void theSidOfAServiceFollowsFromItsName() {
    // Windows documents the SID of TrustedInstaller in its access control lists.
    String trustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
    assertThat(SidNames.ofService("TrustedInstaller")).isEqualTo(trustedInstaller);
    assertThat(SidNames.ofService("trustedinstaller")).isEqualTo(trustedInstaller);
    assertThat(SidNames.of(trustedInstaller).orElseThrow().qualified())
        .isEqualTo("NT SERVICE\\TrustedInstaller");
  }

  @Test
  void wellKnownSidsHaveTheirAccounts() {
    assertThat(SidNames.of("S-1-5-18").orElseThrow().qualified()).isEqualTo("NT AUTHORITY\\SYSTEM");
    assertThat(SidNames.of("S-1-16-12288").orElseThrow().name()).isEqualTo("High Mandatory Level");
    assertThat(SidNames.of("S-1-5-90-0-2").orElseThrow().qualified())
        .isEqualTo("Window Manager\\DWM-2");
    assertThat(SidNames.of("S-1-5-5-0-123456").orElseThrow().name()).isEqualTo("Logon Session");
  }

  @Test
  void rolesAreToldByTheLastPartOfADomainsSid() {
    assertThat(SidNames.of("S-1-5-21-1-2-3-512").orElseThrow().name()).isEqualTo("Domain Admins");
    assertThat(SidNames.of("S-1-5-21-1-2-3-1001")).isEmpty();
    assertThat(SidNames.of("S-1-5-80-1-2-3-4-5")).isEmpty();
  }
}
