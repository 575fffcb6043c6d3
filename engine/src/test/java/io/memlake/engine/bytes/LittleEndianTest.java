package io.memlake.engine.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LittleEndianTest {

  private static final byte[] BYTES = {(byte) 0xF1, 0x02, 0x03, (byte) 0x84, 5, 6, 7, (byte) 0x88};

  @Test
  void unsignedNumbersKeepTheirTopBit() {
    assertThat(LittleEndian.u8(BYTES, 0)).isEqualTo(0xF1);
    assertThat(LittleEndian.u16(BYTES, 2)).isEqualTo(0x8403);
    assertThat(LittleEndian.u32(BYTES, 0)).isEqualTo(0x840302F1L);
    assertThat(LittleEndian.i64(BYTES, 0)).isEqualTo(0x88070605840302F1L);
  }

  @Test
  void whatIsPutIsRead() {
    byte[] bytes = new byte[8];
    LittleEndian.putI64(bytes, 0, 0xFFFFF8047BA00000L);
    assertThat(LittleEndian.i64(bytes, 0)).isEqualTo(0xFFFFF8047BA00000L);
    LittleEndian.putU16(bytes, 1, 0xBEEF);
    assertThat(LittleEndian.u16(bytes, 1)).isEqualTo(0xBEEF);
  }
}
