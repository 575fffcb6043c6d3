package io.memlake.schemas.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForensicPathTest {

  @Test
  void spellsEachKindOfPlace() {
    assertThat(ForensicPath.physical(0x1a2b3000L)).isEqualTo("phys:0x1a2b3000");
    assertThat(ForensicPath.process(4312, 0x7ff612340000L)).isEqualTo("pid:4312:va:0x7ff612340000");
    assertThat(ForensicPath.kernel(0xfffff8047ba00000L)).isEqualTo("kernel:va:0xfffff8047ba00000");
    assertThat(ForensicPath.pageFile(0, 0x77000)).isEqualTo("pagefile0:0x77000");
    assertThat(ForensicPath.store(0x1f3c)).isEqualTo("store:0x1f3c");
    assertThat(ForensicPath.file(0)).isEqualTo("file:0x0");
  }

  @Test
  void processIdsAreUnsigned() {
    assertThat(ForensicPath.process(0x80000004, 0x1000)).isEqualTo("pid:2147483652:va:0x1000");
  }
}
