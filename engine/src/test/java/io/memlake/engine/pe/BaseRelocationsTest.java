package io.memlake.engine.pe;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.PlacedBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same code at different bases is the same code. */
class BaseRelocationsTest {
  private static final int PAGE = 0x1000;
  private static final int SIZE = 0x6000;
  private static final int TABLE = 0x5000;

  /** Places of addresses: some reach into the next page, one pair lies side by side. */
  private static final int[] PLACES = {0x1000, 0x1008, 0x1FFC, 0x2500, 0x2FF9, 0x3FFF, 0x4100};

  /** What the loader makes of the file when it puts it at a base. */
  private static byte[] at(long base) {
    byte[] image = new byte[SIZE];
    new Random(11).nextBytes(image);
    Arrays.fill(image, 0, PAGE, (byte) 0);
    LittleEndian.putU16(image, 0, PeImage.MZ);
    LittleEndian.putI32(image, 0x3C, 0x80);
    LittleEndian.putI32(image, 0x80, 0x4550);
    LittleEndian.putU16(image, 0x84, PeImage.MACHINE_X64);
    LittleEndian.putU16(image, 0x98, 0x20B);
    LittleEndian.putI32(image, 0x98 + 56, SIZE);
    int directory = 0x98 + 112 + PeImage.DIRECTORY_RELOCATION * 8;
    LittleEndian.putI32(image, directory, TABLE);
    int end = TABLE;
    for (int page = 0x1000; page < TABLE; page += PAGE) {
      int block = end;
      LittleEndian.putI32(image, block, page);
      end += 8;
      for (int place : PLACES) {
        if ((place & -PAGE) == page) {
          LittleEndian.putU16(image, end, 10 << 12 | (place & 0xFFF));
          end += 2;
        }
      }
      if ((end & 2) != 0) {
        LittleEndian.putU16(image, end, 0);
        end += 2;
      }
      LittleEndian.putI32(image, block + 4, end - block);
    }
    LittleEndian.putI32(image, directory + 4, end - TABLE);
    for (int place : PLACES) {
      LittleEndian.putI64(image, place, LittleEndian.i64(image, place) + base);
    }
    return image;
  }

  private static byte[] undone(long base, int page, int absent) throws IOException {
    byte[] memory = at(base);
    PlacedBytes space = PlacedBytes.of(base, memory).losePage(base + absent);
    PeImage image = PeImage.at(space, base).orElseThrow();
    BaseRelocations relocations = BaseRelocations.of(space, image).orElseThrow();
    byte[] bytes = Arrays.copyOfRange(memory, page, page + PAGE);
    return relocations.undo(space, bytes, page) ? bytes : new byte[0];
  }

  @Test
  void pagesOfOneImageAtTwoBasesBecomeEqual() throws IOException {
    for (int page = 0x1000; page < TABLE; page += PAGE) {
      byte[] file = Arrays.copyOfRange(at(0), page, page + PAGE);
      assertThat(undone(0x7FF6_1234_0000L, page, SIZE)).as("page %x", page).isEqualTo(file);
      assertThat(undone(0x1_8000_0000L, page, SIZE)).as("page %x", page).isEqualTo(file);
    }
  }

  @Test
  void anAddressThatReachesIntoAnAbsentPageCannotBeUndone() throws IOException {
    assertThat(undone(0x7FF6_1234_0000L, 0x1000, 0x2000)).isEmpty();
    assertThat(undone(0x7FF6_1234_0000L, 0x4000, 0x3000)).isEmpty();
    assertThat(undone(0x7FF6_1234_0000L, 0x1000, 0x4000)).isNotEmpty();
  }

  @Test
  void aTableThatMakesNoSenseIsNone() throws IOException {
    byte[] image = at(0x10000);
    LittleEndian.putI32(image, TABLE + 4, 3);
    PlacedBytes space = PlacedBytes.of(0x10000, image);
    assertThat(BaseRelocations.of(space, PeImage.at(space, 0x10000).orElseThrow())).isEmpty();
    assertThat(
            BaseRelocations.of(
                PlacedBytes.of(0x10000, at(0x10000)).losePage(0x10000 + TABLE),
                PeImage.at(space, 0x10000).orElseThrow()))
        .isEmpty();
  }

  @Test
  void aTableThatAnotherCopyShowsServesOneThatLostIt() throws IOException {
    PlacedBytes donor = PlacedBytes.of(0x10000, at(0x10000));
    byte[] table =
        BaseRelocations.table(donor, PeImage.at(donor, 0x10000).orElseThrow()).orElseThrow();
    long base = 0x7FF6_1234_0000L;
    byte[] memory = at(base);
    PlacedBytes space = PlacedBytes.of(base, memory).losePage(base + TABLE);
    assertThat(BaseRelocations.of(space, PeImage.at(space, base).orElseThrow())).isEmpty();
    BaseRelocations relocations = BaseRelocations.of(table, base).orElseThrow();
    for (int page = 0x1000; page < TABLE - PAGE; page += PAGE) {
      byte[] bytes = Arrays.copyOfRange(memory, page, page + PAGE);
      assertThat(relocations.move(space, bytes, page, 0x1_8000_0000L)).isTrue();
      assertThat(bytes)
          .as("page %x", page)
          .isEqualTo(Arrays.copyOfRange(at(0x1_8000_0000L), page, page + PAGE));
    }
  }
}
