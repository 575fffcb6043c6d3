package io.memlake.engine.objects.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreLayoutsTest {

  @ParameterizedTest
  @CsvSource({
    "14393, 8, x64-14393, 0x420, 0x17A8, 0x1918",
    "15063, 8, x64-15063, 0x420, 0x1828, 0x1988",
    "16299, 8, x64-16299, 0x430, 0x1848, 0x19A8",
    "17134, 8, x64-16299, 0x430, 0x1848, 0x19A8",
    "17763, 8, x64-16299, 0x430, 0x1848, 0x19A8",
    "18362, 8, x64-16299, 0x430, 0x1848, 0x19A8",
    "18363, 8, x64-16299, 0x430, 0x1848, 0x19A8",
    "19041, 8, x64-19041, 0x430, 0x1848, 0x19B8",
    "19045, 8, x64-19041, 0x430, 0x1848, 0x19B8",
    "20348, 8, x64-19041, 0x430, 0x1848, 0x19B8",
    "22000, 8, x64-19041, 0x430, 0x1848, 0x19B8",
    "22621, 8, x64-22601, 0x430, 0x1848, 0x19B8",
    "22631, 8, x64-22601, 0x430, 0x1848, 0x19B8",
    "26100, 8, x64-26100, -1, 0x1B70, 0x1D08",
    "26200, 8, x64-26100, -1, 0x1B70, 0x1D08",
    "14393, 4, x86-14393, 0x258, 0x1124, 0x1204",
    "15063, 4, x86-15063, 0x258, 0x1174, 0x1244",
    "18362, 4, x86-16299, 0x25C, 0x1184, 0x1254",
    "19045, 4, x86-19041, 0x25C, 0x1184, 0x125C"
  })
  void theFirstCandidateIsTheRowOfTheBuild(
      int build, int pointer, String name, String algorithm, String regions, String owner) {
    StoreLayout row = StoreLayouts.candidates(build, pointer).get(0);
    assertThat(row.name()).isEqualTo(name);
    assertThat(row.algorithmOffset()).isEqualTo(Integer.decode(algorithm));
    assertThat(row.regionPointers()).isEqualTo(Integer.decode(regions));
    assertThat(row.ownerProcess()).isEqualTo(Integer.decode(owner));
    assertThat(row.covers(build)).isTrue();
  }

  @Test
  void neighboursFollowByDistance() {
    assertThat(StoreLayouts.candidates(25398, 8))
        .extracting(StoreLayout::name)
        .startsWith("x64-22601", "x64-25398-lz4", "x64-25398-xpress", "x64-26100");
    assertThat(StoreLayouts.candidates(30000, 4).get(0).name()).isEqualTo("x86-19041");
  }

  @Test
  void keysHoldTheNumberUntil24H2() {
    StoreLayout old = StoreLayouts.candidates(19041, 8).get(0);
    assertThat(old.pageKey(2, 0x123)).isEqualTo(0x2000_0123L);
    assertThat(old.pageKey(15, 0x123)).isEqualTo(0xF000_0123L);
    assertThat(old.pageFileNumberOf(0xF000_0123L)).isEqualTo(15);
    assertThat(old.pageOf(0xF000_0123L)).isEqualTo(0x123);
    StoreLayout latest = StoreLayouts.candidates(26100, 8).get(0);
    assertThat(latest.pageKey(2, 0x123)).isEqualTo(0x123);
    assertThat(latest.pageFileNumberOf(0x123)).isEqualTo(-1);
    assertThat(latest.globalsPointer()).isEqualTo(0x10);
    assertThat(latest.globalsAdjust()).isEqualTo(0xC30);
  }
}
