package io.memlake.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowsReleaseTest {

  @Test
  void oneBuildMayBeClientAndServer() {
    assertThat(WindowsRelease.name(17763, false)).contains("Windows 10 1809");
    assertThat(WindowsRelease.name(17763, true)).contains("Windows Server 2019");
  }

  @Test
  void aBuildThatWasNotSoldHasNoName() {
    assertThat(WindowsRelease.name(20348, false)).isEmpty();
    assertThat(WindowsRelease.name(12345, true)).isEmpty();
  }
}
