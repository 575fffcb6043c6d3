package io.memlake.engine.paging.pagefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageFilesTest {
  private static final int PAGE = 4096;

  @Test
  void pagesAreFoundByNumberAndOffset() throws IOException {
    PageFiles files =
        new PageFiles(
            List.of(
                new PageFile(0, numbered("pagefile.sys", 5, 0x10)),
                new PageFile(15, numbered("swapfile.sys", 2, 0x80))));
    byte[] target = new byte[PAGE + 10];
    assertThat(files.read(0, 3, target, 10)).isEqualTo(SlotState.PRESENT);
    assertThat(target[9]).isZero();
    assertThat(target[10]).isEqualTo((byte) 0x13);
    assertThat(files.read(15, 1, target, 0)).isEqualTo(SlotState.PRESENT);
    assertThat(target[0]).isEqualTo((byte) 0x81);
    assertThat(files.read(1, 0, target, 0)).isEqualTo(SlotState.NO_FILE);
    assertThat(files.files()).extracting(PageFile::number).containsExactly(0, 15);
  }

  @Test
  void aFileThatEndsEarlyIsTruncatedThere() throws IOException {
    BytesSource source = new BytesSource("pagefile.sys", new byte[3 * PAGE + 100]);
    PageFiles files = new PageFiles(List.of(new PageFile(0, source)));
    byte[] target = new byte[PAGE];
    assertThat(files.read(0, 2, target, 0)).isEqualTo(SlotState.PRESENT);
    assertThat(files.read(0, 3, target, 0)).isEqualTo(SlotState.TRUNCATED);
    assertThat(files.read(0, 0xFFFF_FFFFL, target, 0)).isEqualTo(SlotState.TRUNCATED);
    source.shrinkTo(2 * PAGE + 50);
    assertThat(files.read(0, 2, target, 0)).isEqualTo(SlotState.TRUNCATED);
  }

  @Test
  void twoFilesWithOneNumberAreRefusedByName() {
    assertThatThrownBy(
            () ->
                new PageFiles(
                    List.of(
                        new PageFile(1, numbered("a/pagefile.sys", 1, 0)),
                        new PageFile(1, numbered("b/swapfile.sys", 1, 0)))))
        .hasMessage("Cannot use b/swapfile.sys as page file 1: a/pagefile.sys has that number");
    assertThatThrownBy(() -> new PageFile(16, numbered("x", 1, 0)))
        .hasMessage("Cannot use x as page file 16: numbers go from 0 to 15");
  }

  @Test
  void closingClosesEveryFile() throws IOException {
    BytesSource first = numbered("a", 1, 0);
    BytesSource second = numbered("b", 1, 0);
    new PageFiles(List.of(new PageFile(0, first), new PageFile(1, second))).close();
    assertThat(first.isClosed()).isTrue();
    assertThat(second.isClosed()).isTrue();
  }

  @Test
  void numbersAreGuessedAsWindowsGivesThem() {
    assertThat(PageFileNumbers.guess(List.of("h/swapfile.sys", "h/pagefile.sys")))
        .isEqualTo(Map.of("h/pagefile.sys", 0, "h/swapfile.sys", 1));
    assertThat(
            PageFileNumbers.guess(
                List.of("E\\PAGEFILE1.SYS", "swapfile.sys", "C\\pagefile.sys", "other.bin")))
        .isEqualTo(
            Map.of("C\\pagefile.sys", 0, "E\\PAGEFILE1.SYS", 1, "other.bin", 2, "swapfile.sys", 3));
    assertThat(PageFileNumbers.guess(List.of("swapfile.sys"))).isEqualTo(Map.of("swapfile.sys", 1));
    assertThat(PageFileNumbers.isPageFile("/e/WS01/PageFile.sys")).isTrue();
    assertThat(PageFileNumbers.isPageFile("/e/WS01/memory.raw")).isFalse();
  }

  static BytesSource numbered(String name, int pages, int firstByte) {
    byte[] bytes = new byte[pages * PAGE];
    for (int page = 0; page < pages; page++) {
      Arrays.fill(bytes, page * PAGE, (page + 1) * PAGE, (byte) (firstByte + page));
    }
    return new BytesSource(name, bytes);
  }
}
