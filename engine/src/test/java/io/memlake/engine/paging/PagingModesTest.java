package io.memlake.engine.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.physical.FrameMap;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PagingModesTest {

  private static void sharedPage(FrameMap frames, long pfn, int major, int minor) {
    frames.putInt((pfn << 12) + 0x26C, major).putInt((pfn << 12) + 0x270, minor);
  }

  @Test
  void fourAndFiveLevelsAreToldApart() throws IOException {
    for (int levels = 4; levels <= 5; levels++) {
      TableWriter tables = new TableWriter(levels, 0x1AD);
      // The self-map is in both, and must not mislead.
      tables.frames.putLong(tables.root + 0x1ED * 8, tables.root | 0x63);
      tables.map(0xFFFF_F780_0000_0000L, 0x30).map(0x7FFE_0000L, 0x30);
      tables.map(0xFFFF_F804_7BA0_0000L, 0x31);
      sharedPage(tables.frames, 0x30, 10, 0);
      assertThat(PagingModes.recognize(tables.frames, tables.root | 2))
          .contains(levels == 4 ? PagingMode.X64 : PagingMode.X64_LA57);
    }
  }

  @Test
  void thirtyTwoBitModesAreToldApart() throws IOException {
    FrameMap pae = new FrameMap();
    pae.putLong(0x100C0 + 3 * 8, 0x23 << 12 | 1);
    pae.putLong(0x23000 + 0x1FE * 8, 0x24 << 12 | 0x63);
    pae.putLong(0x24000 + 0x1F0 * 8, 0x30 << 12 | 0x63);
    sharedPage(pae, 0x30, 5, 1);
    assertThat(PagingModes.recognize(pae, 0x100C0)).contains(PagingMode.PAE);

    FrameMap x86 = new FrameMap();
    x86.putInt(0x39000 + 0x3FF * 4, 0x24 << 12 | 0x63);
    x86.putInt(0x24000 + 0x1F0 * 4, 0x30 << 12 | 0x63);
    sharedPage(x86, 0x30, 6, 1);
    assertThat(PagingModes.recognize(x86, 0x39000)).contains(PagingMode.X86);
  }

  @Test
  void tablesThatLeadToNoSharedPageAreOfNoMode() throws IOException {
    TableWriter tables = new TableWriter(4, 0x1AD);
    assertThat(PagingModes.recognize(tables.frames, tables.root)).isEmpty();
    tables.map(0xFFFF_F780_0000_0000L, 0x30);
    sharedPage(tables.frames, 0x30, 77, 0);
    assertThat(PagingModes.recognize(tables.frames, tables.root)).isEmpty();
    assertThat(PagingModes.recognize(new FrameMap(), 0x1AD000)).isEmpty();
  }
}
