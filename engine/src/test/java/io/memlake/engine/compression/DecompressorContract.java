package io.memlake.engine.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every decompressor promises. A subclass names the decompressor and a writer that shares no
 * code with it.
 */
public abstract class DecompressorContract {
  private static final byte GUARD = (byte) 0xA5;
  private static final int GUARDS = 64;

  /** The decoder under test. */
  protected abstract Decompressor decompressor();

  /** An independent writer of the same format. */
  protected abstract byte[] compress(byte[] plain);

  static Stream<Sample> samples() {
    return Samples.all();
  }

  static Stream<Sample> shortSamples() {
    return Samples.all().filter(sample -> sample.bytes().length <= 5000);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatWasWrittenIsDecodedExactly(Sample sample) throws Exception {
    byte[] stream = compress(sample.bytes());
    byte[] decoded = new byte[sample.bytes().length];
    decompressor().decompressExactly(stream, 0, stream.length, decoded, 0, decoded.length);
    assertThat(decoded).isEqualTo(sample.bytes());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void moreRoomThanNeededIsLeftOver(Sample sample) throws Exception {
    byte[] stream = compress(sample.bytes());
    byte[] decoded = new byte[sample.bytes().length + 1000];
    int length = decompressor().decompress(stream, 0, stream.length, decoded, 0, decoded.length);
    assertThat(length).isEqualTo(sample.bytes().length);
    assertThat(Arrays.copyOf(decoded, length)).isEqualTo(sample.bytes());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void nothingOutsideTheRangesIsUsed(Sample sample) throws Exception {
    byte[] plain = sample.bytes();
    byte[] stream = compress(plain);
    for (byte around : new byte[] {0, -1}) {
      byte[] input = new byte[stream.length + 2 * GUARDS];
      Arrays.fill(input, around);
      System.arraycopy(stream, 0, input, GUARDS, stream.length);
      byte[] output = guarded(plain.length);
      decompressor().decompressExactly(input, GUARDS, stream.length, output, GUARDS, plain.length);
      assertThat(Arrays.copyOfRange(output, GUARDS, GUARDS + plain.length)).isEqualTo(plain);
      assertGuards(output);
    }
  }

  @ParameterizedTest
  @MethodSource("shortSamples")
  void choppedInputGivesAStartOfTheOutputOrAnError(Sample sample) {
    byte[] plain = sample.bytes();
    byte[] stream = compress(plain);
    Decompressor decompressor = decompressor();
    for (int length = 0; length < stream.length; length++) {
      byte[] input = Arrays.copyOf(stream, length);
      byte[] output = guarded(plain.length);
      int decoded = decode(decompressor, input, output);
      if (decoded >= 0) {
        assertThat(Arrays.copyOfRange(output, GUARDS, GUARDS + decoded))
            .isEqualTo(Arrays.copyOf(plain, decoded));
      }
      assertGuards(output);
    }
  }

  @ParameterizedTest
  @MethodSource("shortSamples")
  void tooLittleRoomGivesAStartOfTheOutputOrAnError(Sample sample) {
    byte[] plain = sample.bytes();
    byte[] stream = compress(plain);
    Decompressor decompressor = decompressor();
    for (int room = 0; room < plain.length; room += 1 + room / 16) {
      byte[] output = guarded(room);
      int decoded = decode(decompressor, stream, output);
      if (decoded >= 0) {
        assertThat(Arrays.copyOfRange(output, GUARDS, GUARDS + decoded))
            .isEqualTo(Arrays.copyOf(plain, decoded));
      }
      assertGuards(output);
    }
  }

  @Test
  void tooFewBytesAreAnErrorThatSaysHowMany() {
    byte[] plain = Samples.text(500);
    byte[] stream = compress(plain);
    assertThatThrownBy(
            () -> decompressor().decompressExactly(stream, 0, stream.length, new byte[501], 0, 501))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageContaining("Malformed " + decompressor().name() + " data at 0x")
        .hasMessageContaining("the stream ends after 500 of 501 bytes");
  }

  @Test
  void anEmptyInputGivesNothing() throws Exception {
    byte[] output = guarded(10);
    assertThat(decompressor().decompress(new byte[0], 0, 0, output, GUARDS, 10)).isZero();
    assertGuards(output);
  }

  @Test
  void rangesOutsideTheirArraysAreRefused() {
    byte[] stream = compress(Samples.text(100));
    byte[] output = new byte[100];
    int end = stream.length;
    List<int[]> bad =
        List.of(
            new int[] {1, end, 0, 100},
            new int[] {-1, end, 0, 100},
            new int[] {0, -1, 0, 100},
            new int[] {Integer.MAX_VALUE, end, 0, 100},
            new int[] {0, end, 1, 100},
            new int[] {0, end, -1, 100},
            new int[] {0, end, 0, -1},
            new int[] {0, end, Integer.MAX_VALUE, 100});
    for (int[] range : bad) {
      assertThatThrownBy(
              () ->
                  decompressor().decompress(stream, range[0], range[1], output, range[2], range[3]))
          .as(Arrays.toString(range))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void anyBytesEndWithOutputOrAnError() {
    Decompressor decompressor = decompressor();
    Random random = new Random(20260101);
    for (int round = 0; round < 4000; round++) {
      byte[] input = new byte[random.nextInt(600)];
      random.nextBytes(input);
      byte[] output = guarded(random.nextInt(5000));
      decode(decompressor, input, output);
      assertGuards(output);
    }
  }

  @Test
  void damagedStreamsEndWithOutputOrAnError() {
    Decompressor decompressor = decompressor();
    byte[] stream = compress(Samples.page(7));
    Random random = new Random(20260102);
    for (int round = 0; round < 4000; round++) {
      byte[] input = stream.clone();
      for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
        input[random.nextInt(input.length)] = (byte) random.nextInt();
      }
      byte[] output = guarded(4096);
      decode(decompressor, input, output);
      assertGuards(output);
    }
  }

  @Test
  void anInstanceDecodesAgainAfterAnError() throws Exception {
    Decompressor decompressor = decompressor();
    byte[] plain = Samples.page(3);
    byte[] stream = compress(plain);
    decode(decompressor, Arrays.copyOf(stream, stream.length / 2), guarded(4096));
    byte[] output = new byte[4096];
    decompressor.decompressExactly(stream, 0, stream.length, output, 0, 4096);
    assertThat(output).isEqualTo(plain);
  }

  private static int decode(Decompressor decompressor, byte[] input, byte[] output) {
    int room = output.length - 2 * GUARDS;
    try {
      int decoded = decompressor.decompress(input, 0, input.length, output, GUARDS, room);
      assertThat(decoded).isBetween(0, room);
      return decoded;
    } catch (MalformedDataException e) {
      assertThat(e.offset()).isBetween(0, input.length);
      assertThat(e).hasMessageStartingWith("Malformed " + decompressor.name() + " data at 0x");
      return -1;
    }
  }

  private static byte[] guarded(int room) {
    byte[] output = new byte[room + 2 * GUARDS];
    Arrays.fill(output, GUARD);
    return output;
  }

  private static void assertGuards(byte[] output) {
    for (int i = 0; i < GUARDS; i++) {
      if (output[i] != GUARD || output[output.length - 1 - i] != GUARD) {
        throw new AssertionError("A byte outside the room for output was written");
      }
    }
  }
}
