package io.memlake.engine.objects.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
    assertThat(new UnicodeString(bytes.length, BUFFER).read(new OneRange(bytes)))
        .contains("a\uFFFDb\u0000c\uD83D\uDE00<b>\u001B[31m");
  }

  @Test
  void oddLengthsAndMissingBuffersAreNoText() throws IOException {
    AddressSpace space = new OneRange("name".getBytes(StandardCharsets.UTF_16LE));
    assertThat(new UnicodeString(7, BUFFER).read(space)).isEmpty();
    assertThat(new UnicodeString(8, 0).read(space)).isEmpty();
    assertThat(new UnicodeString(8, BUFFER + 0x1000).read(space)).isEmpty();
    assertThat(new UnicodeString(0, 0).read(space)).contains("");
    assertThat(new UnicodeString(8, BUFFER).read(space)).contains("name");
  }

  @Test
  void nothingButZerosIsALostPage() throws IOException {
    assertThat(new UnicodeString(16, BUFFER).read(new OneRange(new byte[16]))).isEmpty();
  }

  @Test
  void namesOfTheKernelEndAtTheFirstZero() {
    byte[] name = {'S', 'y', 's', (byte) 0xFC, 0, 'x', 'x'};
    assertThat(UnicodeString.bytesToZero(name, 0, 7)).isEqualTo("Sys\u00FC");
    assertThat(UnicodeString.bytesToZero(name, 5, 2)).isEqualTo("xx");
  }

  /** A space that holds bytes at one address. */
  private static final class OneRange implements AddressSpace {
    private final byte[] bytes;

    OneRange(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long dtb() {
      return 0x1000;
    }

    @Override
    public int pointerSize() {
      return Long.BYTES;
    }

    @Override
    public long translate(long virtualAddress) {
      return ABSENT;
    }

    @Override
    public boolean read(long virtualAddress, byte[] target, int offset, int length) {
      if (length == 0) {
        return true;
      }
      if (virtualAddress != BUFFER || length > bytes.length) {
        return false;
      }
      System.arraycopy(bytes, 0, target, offset, length);
      return true;
    }

    @Override
    public int readSparse(
        long virtualAddress, byte[] target, int offset, int length, boolean[] present) {
      present[0] = read(virtualAddress, target, offset, length);
      return present[0] ? 1 : 0;
    }
  }
}
