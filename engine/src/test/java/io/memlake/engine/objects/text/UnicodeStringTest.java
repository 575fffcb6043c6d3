package io.memlake.engine.objects.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PlacedBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UnicodeStringTest {
  private static final long BUFFER = 0x7FF000001000L;

  @Test
  void halvesOfPairsAreReplacedAndTheRestStays() throws IOException {
    String text = "a\uD800b\u0000c\uD83D\uDE00<b>\u001B[31m";
    byte[] bytes = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) text.charAt(i);
      bytes[2 * i + 1] = (byte) (text.charAt(i) >> 8);
    }
    assertThat(new UnicodeString(bytes.length, BUFFER).read(PlacedBytes.of(BUFFER, bytes)))
        .contains("a\uFFFDb\u0000c\uD83D\uDE00<b>\u001B[31m");
  }

  @Test
  void oddLengthsAndMissingBuffersAreNoText() throws IOException {
    AddressSpace space = PlacedBytes.of(BUFFER, "name".getBytes(StandardCharsets.UTF_16LE));
    assertThat(new UnicodeString(7, BUFFER).read(space)).isEmpty();
    assertThat(new UnicodeString(8, 0).read(space)).isEmpty();
    assertThat(new UnicodeString(8, BUFFER + 0x1000).read(space)).isEmpty();
    assertThat(new UnicodeString(0, 0).read(space)).contains("");
    assertThat(new UnicodeString(8, BUFFER).read(space)).contains("name");
  }

  /** Its type bounds a length to 64 KiB; what says 2 GiB says 0 or 0xFFFE in those bits. */
  @Test
  void aTextOfTwoGibibytesIsWhatItsSixteenBitsSay() throws IOException {
    byte[] header = new byte[UnicodeString.SIZE];
    LittleEndian.putI32(header, 0, 0x7FFF_FFFE);
    LittleEndian.putI32(header, 4, -1);
    LittleEndian.putI64(header, 8, BUFFER);
    UnicodeString text = UnicodeString.in(header, 0);
    assertThat(text.length()).isEqualTo(0xFFFE);
    assertThat(text.read(PlacedBytes.of(BUFFER, new byte[0x8000]))).isEmpty();
    byte[] buffer = new byte[0x10000];
    Arrays.fill(buffer, (byte) 'a');
    assertThat(text.read(PlacedBytes.of(BUFFER, buffer)).orElseThrow()).hasSize(0x7FFF);
    LittleEndian.putI32(header, 0, 0x8000_0000);
    assertThat(UnicodeString.in(header, 0).read(PlacedBytes.of(BUFFER, buffer))).contains("");
  }

  @Test
  void aTextWhoseSecondPageIsMissingIsNone() throws IOException {
    byte[] buffer = new byte[0x2000];
    Arrays.fill(buffer, (byte) 'a');
    PlacedBytes space = PlacedBytes.of(BUFFER, buffer).losePage(BUFFER + 0x1000);
    assertThat(new UnicodeString(0x1002, BUFFER).read(space)).isEmpty();
    assertThat(new UnicodeString(0x1000, BUFFER).read(space)).isPresent();
  }

  @Test
  void nothingButZerosIsALostPage() throws IOException {
    assertThat(new UnicodeString(16, BUFFER).read(PlacedBytes.of(BUFFER, new byte[16]))).isEmpty();
  }

  @Test
  void namesOfTheKernelEndAtTheFirstZero() {
    byte[] name = {'S', 'y', 's', (byte) 0xFC, 0, 'x', 'x'};
    assertThat(UnicodeString.bytesToZero(name, 0, 7)).isEqualTo("Sys\u00FC");
    assertThat(UnicodeString.bytesToZero(name, 5, 2)).isEqualTo("xx");
  }
}
