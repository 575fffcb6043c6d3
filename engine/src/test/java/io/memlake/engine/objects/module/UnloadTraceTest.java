package io.memlake.engine.objects.module;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.PlacedBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ring of unloaded modules of a small ntdll.dll, written by hand. */
class UnloadTraceTest {
  private static final long BASE = 0x7FFD_0000_0000L;
  private static final int SIZE = 0x8000;
  private static final int FUNCTION = 0x1500;
  private static final int RING = 0x4000;

  private final byte[] image = new byte[SIZE];

  UnloadTraceTest() {
    LittleEndian.putU16(image, 0, 0x5A4D);
    LittleEndian.putI32(image, 0x3C, 0x80);
    LittleEndian.putI32(image, 0x80, 0x4550);
    LittleEndian.putU16(image, 0x84, 0x8664);
    LittleEndian.putU16(image, 0x98, 0x20B);
    LittleEndian.putI32(image, 0x98 + 56, SIZE);
    LittleEndian.putI32(image, 0x98 + 112, 0x2000);
    LittleEndian.putI32(image, 0x98 + 116, 0x100);
    String[] names = {"LdrLoadDll", "NtClose", "RtlGetUnloadEventTrace", "RtlZeroMemory"};
    LittleEndian.putI32(image, 0x2000 + 20, names.length);
    LittleEndian.putI32(image, 0x2000 + 24, names.length);
    LittleEndian.putI32(image, 0x2000 + 28, 0x2100);
    LittleEndian.putI32(image, 0x2000 + 32, 0x2200);
    LittleEndian.putI32(image, 0x2000 + 36, 0x2300);
    for (int i = 0; i < names.length; i++) {
      int text = 0x2400 + i * 0x40;
      byte[] bytes = names[i].getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(bytes, 0, image, text, bytes.length);
      LittleEndian.putI32(image, 0x2200 + i * 4, text);
      LittleEndian.putU16(image, 0x2300 + i * 2, names.length - 1 - i);
      LittleEndian.putI32(image, 0x2100 + (names.length - 1 - i) * 4, i == 2 ? FUNCTION : 0x1000);
    }
    byte[] code = {0x48, (byte) 0x8D, 0x05, 0, 0, 0, 0, (byte) 0xC3};
    LittleEndian.putI32(code, 3, RING - FUNCTION - 7);
    System.arraycopy(code, 0, image, FUNCTION, code.length);
  }

  private void unloaded(int slot, int stride, long base, long size, int sequence, String name) {
    int at = RING + slot * stride;
    LittleEndian.putI64(image, at, base);
    LittleEndian.putI64(image, at + 8, size);
    LittleEndian.putI32(image, at + 16, sequence);
    byte[] text = name.getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(text, 0, image, at + 28, text.length);
  }

  @Test
  void modulesComeInTheOrderInWhichTheyWent() throws IOException {
    unloaded(0, 0x68, 0x7FFC_1000_0000L, 0x12000, 64, "late.dll");
    unloaded(1, 0x68, 0x7FFC_2000_0000L, 0x8000, 1, "early.dll");
    unloaded(2, 0x68, 0x123, 0x8000, 2, "no page");
    List<UnloadTrace.Unloaded> found = UnloadTrace.read(PlacedBytes.of(BASE, image), BASE, 19041);
    assertThat(found)
        .containsExactly(
            new UnloadTrace.Unloaded(
                BASE + RING + 0x68, 1, 1, 0x7FFC_2000_0000L, 0x8000, "early.dll"),
            new UnloadTrace.Unloaded(BASE + RING, 0, 64, 0x7FFC_1000_0000L, 0x12000, "late.dll"));
  }

  @Test
  void vistaHasShorterRecords() throws IOException {
    unloaded(0, 0x60, 0x7FFC_1000_0000L, 0x12000, 0, "one.dll");
    unloaded(1, 0x60, 0x7FFC_2000_0000L, 0x12000, 1, "two.dll");
    assertThat(UnloadTrace.read(PlacedBytes.of(BASE, image), BASE, 6002))
        .extracting(UnloadTrace.Unloaded::name)
        .containsExactly("one.dll", "two.dll");
  }

  @Test
  void aFunctionThatDoesMoreIsNotFollowed() throws IOException {
    unloaded(0, 0x68, 0x7FFC_1000_0000L, 0x12000, 0, "one.dll");
    image[FUNCTION + 7] = (byte) 0x90;
    assertThat(UnloadTrace.read(PlacedBytes.of(BASE, image), BASE, 19041)).isEmpty();
    image[0] = 0;
    assertThat(UnloadTrace.read(PlacedBytes.of(BASE, image), BASE, 19041)).isEmpty();
  }
}
