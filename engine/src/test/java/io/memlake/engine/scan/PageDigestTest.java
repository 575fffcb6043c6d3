package io.memlake.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class PageDigestTest {

  private final PageDigest digest = new PageDigest(PoolTags.ALL);
  private final Random random = new Random(7);

  @Test
  void theHashIsTheOneThatItsDefinitionGives() {
    byte[] page = randomPage();
    digest.scan(page, 0);
    assertThat(digest.hash()).isEqualTo(definedHash(page, 0x165667B19E3779F9L, false));
    assertThat(digest.hash2()).isEqualTo(definedHash(page, 0xD6E8FEB86659FD93L, true));
  }

  @Test
  void aZeroPageHasTheHashOfTheDefinition() {
    byte[] page = new byte[4096];
    digest.scan(page, 0);
    assertThat(digest.kind()).isEqualTo(PageKind.ZERO);
    assertThat(digest.hash()).isEqualTo(definedHash(page, 0x165667B19E3779F9L, false));
    assertThat(digest.hitCount()).isZero();
  }

  @Test
  void everySingleFlippedBitChangesBothHalves() {
    byte[] page = randomPage();
    Set<Long> first = new HashSet<>();
    Set<Long> second = new HashSet<>();
    for (int bit = 0; bit < 4096 * 8; bit++) {
      page[bit >> 3] ^= (byte) (1 << (bit & 7));
      digest.scan(page, 0);
      first.add(digest.hash());
      second.add(digest.hash2());
      page[bit >> 3] ^= (byte) (1 << (bit & 7));
    }
    assertThat(first).hasSize(4096 * 8);
    assertThat(second).hasSize(4096 * 8);
  }

  @Test
  void pairsOfFlippedBitsInNearbyWordsDoNotCancel() {
    byte[] page = randomPage();
    Set<Long> first = new HashSet<>();
    int pairs = 0;
    for (int word : new int[] {1, 7, 8, 9}) {
      for (int bit = 0; bit < 64; bit++) {
        for (int other = 0; other < 64; other++) {
          page[8 * 100 + bit / 8] ^= (byte) (1 << bit % 8);
          page[8 * (100 + word) + other / 8] ^= (byte) (1 << other % 8);
          digest.scan(page, 0);
          first.add(digest.hash());
          pairs++;
          page[8 * 100 + bit / 8] ^= (byte) (1 << bit % 8);
          page[8 * (100 + word) + other / 8] ^= (byte) (1 << other % 8);
        }
      }
    }
    digest.scan(page, 0);
    assertThat(first).hasSize(pairs).doesNotContain(digest.hash());
  }

  @Test
  void theOffsetInTheBlockDoesNotMatter() {
    byte[] page = randomPage();
    byte[] block = new byte[3 * 4096];
    random.nextBytes(block);
    System.arraycopy(page, 0, block, 4096, 4096);
    digest.scan(page, 0);
    long hash = digest.hash();
    digest.scan(block, 4096);
    assertThat(digest.hash()).isEqualTo(hash);
  }

  @Test
  void aRepeatedWordIsFillAndOneByteMoreIsNot() {
    byte[] page = new byte[4096];
    Arrays.fill(page, (byte) 0xFF);
    digest.scan(page, 0);
    assertThat(digest.kind()).isEqualTo(PageKind.FILL);
    page[4095] = 0;
    digest.scan(page, 0);
    assertThat(digest.kind()).isEqualTo(PageKind.DATA);
    byte[] lastByteOnly = new byte[4096];
    lastByteOnly[4095] = 1;
    digest.scan(lastByteOnly, 0);
    assertThat(digest.kind()).isEqualTo(PageKind.DATA);
  }

  @Test
  void anMzPageNeedsItsPeHeader() {
    byte[] page = randomPage();
    ByteBuffer view = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    view.putShort(0, (short) 0x5A4D).putInt(0x3C, 0xF0).putInt(0xF0, 0x4550);
    digest.scan(page, 0);
    assertThat(digest.kind()).isEqualTo(PageKind.PE_HEADER);
    view.putInt(0xF0, 0x4551);
    digest.scan(page, 0);
    assertThat(digest.kind()).isEqualTo(PageKind.DATA);
    view.putInt(0x3C, -8);
    digest.scan(page, 0);
    assertThat(digest.kind()).isEqualTo(PageKind.DATA);
    view.putInt(0x3C, 0x1000);
    digest.scan(page, 0);
    assertThat(digest.kind()).isEqualTo(PageKind.PE_HEADER);
  }

  @Test
  void poolHeadersAreFoundOnEverySixteenByteBorderAndNowhereElse() {
    for (int at = 0; at < 4096; at += 4) {
      byte[] page = new byte[4096];
      page[at + 2 < 4096 ? at + 2 : at] = 0x40;
      byte[] tag = "Proc".getBytes(StandardCharsets.ISO_8859_1);
      if (at + 8 > 4096) {
        continue;
      }
      System.arraycopy(tag, 0, page, at + 4, 4);
      digest.scan(page, 0);
      if (at % 16 == 0) {
        assertThat(digest.hitCount()).as("header at %x", at).isEqualTo(1);
        assertThat(digest.hitOffset(0)).isEqualTo(at);
      } else {
        assertThat(digest.hitCount()).as("header at %x", at).isZero();
      }
    }
  }

  @Test
  void anAllocationTooSmallForItsObjectIsNoHit() {
    byte[] page = new byte[4096];
    System.arraycopy("Proc".getBytes(StandardCharsets.ISO_8859_1), 0, page, 0x104, 4);
    page[0x102] = 0x2F;
    digest.scan(page, 0);
    assertThat(digest.hitCount()).isZero();
    page[0x102] = 0x30;
    digest.scan(page, 0);
    assertThat(digest.hitCount()).isEqualTo(1);
  }

  @Test
  void theFilterWantsItsTagsAndNoOthers() {
    PoolTagFilter filter = new PoolTagFilter(PoolTags.ALL, true);
    Set<Integer> wanted = new HashSet<>();
    PoolTags.ALL.forEach(tag -> wanted.add(tag.value()));
    wanted.forEach(tag -> assertThat(filter.wants(tag)).as(PoolTag.text(tag)).isTrue());
    assertThat(filter.wants(0)).isFalse();
    for (int i = 0; i < 2_000_000; i++) {
      int value = random.nextInt();
      assertThat(filter.wants(value) && !wanted.contains(value)).isFalse();
    }
  }

  private byte[] randomPage() {
    byte[] page = new byte[4096];
    random.nextBytes(page);
    return page;
  }

  /** The definition in the class comment, written down as plainly as it goes. */
  private static long definedHash(byte[] page, long fold, boolean backwards) {
    ByteBuffer words = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    long[] lanes = new long[8];
    for (int lane = 0; lane < 8; lane++) {
      lanes[lane] = Long.rotateLeft(0xC2B2AE3D27D4EB4FL, 7 * lane);
    }
    for (int i = 0; i < 512; i++) {
      long mixed = Long.rotateLeft(lanes[i % 8] ^ words.getLong(i * 8), 29);
      lanes[i % 8] = mixed * 0x9E3779B185EBCA87L;
    }
    CRC32C crc = new CRC32C();
    crc.update(page);
    long result = 0;
    for (int i = 0; i < 9; i++) {
      long lane = i == 8 ? crc.getValue() : lanes[backwards ? 7 - i : i];
      long x = result ^ lane;
      x = (x ^ x >>> 31) * fold;
      result = x ^ x >>> 29;
    }
    return result;
  }
}
