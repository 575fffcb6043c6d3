package io.memlake.engine.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CachedPhysicalMemoryTest {
  private final FrameMap frames = new FrameMap();

  @Test
  void aFrameIsReadOnceWhileItStaysInTheCache() throws IOException {
    frames.putLong(0x5008, 42);
    CachedPhysicalMemory cache = CachedPhysicalMemory.of(frames, 16);
    byte[] bytes = new byte[8];

    assertThat(cache.read(0x5008, bytes, 0, 8)).isTrue();
    assertThat(cache.read(0x5000, bytes, 0, 8)).isTrue();
    assertThat(cache.read(0x5008, bytes, 0, 8)).isTrue();

    assertThat(bytes[0]).isEqualTo((byte) 42);
    assertThat(frames.reads()).isEqualTo(1);
    assertThat(cache.hits()).isEqualTo(2);
    assertThat(cache.misses()).isEqualTo(1);
  }

  @Test
  void readsThroughAnyCacheGiveTheBytesOfTheWrappedMemory() throws IOException {
    Random random = new Random(7);
    for (int pfn = 0; pfn < 300; pfn += 1 + random.nextInt(3)) {
      random.nextBytes(frames.frame(pfn));
    }
    for (int pages : new int[] {1, 4, 5, 64, 1000}) {
      CachedPhysicalMemory cache = CachedPhysicalMemory.of(frames, pages);
      for (int i = 0; i < 3000; i++) {
        int length = random.nextInt(64);
        long address = ((long) random.nextInt(310) << 12) + random.nextInt(4096 - length);
        byte[] expected = new byte[64];
        byte[] actual = new byte[64];
        boolean present = frames.read(address, expected, 0, length);
        assertThat(cache.read(address, actual, 0, length)).isEqualTo(present);
        assertThat(actual).isEqualTo(expected);
      }
    }
  }

  @Test
  void anAbsentFrameLeavesTheTargetAlone() throws IOException {
    byte[] bytes = {1, 2, 3, 4};
    assertThat(CachedPhysicalMemory.of(frames, 4).read(0x9000, bytes, 0, 4)).isFalse();
    assertThat(bytes).containsExactly(1, 2, 3, 4);
  }

  @Test
  void zeroOrNegativeSwitchesTheCacheOff() {
    assertThat(CachedPhysicalMemory.wrap(frames, 0)).isSameAs(frames);
    assertThat(CachedPhysicalMemory.wrap(frames, -1)).isSameAs(frames);
    assertThatThrownBy(() -> CachedPhysicalMemory.of(frames, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }

  @Test
  void scansDoNotPushOutWhatIsCached() throws IOException {
    frames.putLong(0x1000, 1);
    for (int pfn = 16; pfn < 64; pfn++) {
      frames.frame(pfn);
    }
    CachedPhysicalMemory cache = CachedPhysicalMemory.of(frames, 4);
    cache.read(0x1000, new byte[8], 0, 8);
    cache.readPages(16, 48, new byte[48 * 4096], 0, new boolean[48]);
    cache.read(0x1000, new byte[8], 0, 8);
    assertThat(cache.hits()).isEqualTo(1);
  }
}
