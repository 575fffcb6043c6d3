package io.memlake.engine.paging.pagefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.paging.pagefile.PageFileCheck.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageFileCheckTest {
  private static final int PAGE = 4096;
  private static final int PAGES = 200;

  @Test
  void equalCopiesInRamShowThatTheFileFits() throws IOException {
    byte[] content = machine(1);
    PageFileCheck check = new PageFileCheck(new PageFile(0, new BytesSource("p", content)));
    assertThat(check.verdict()).isEqualTo(Verdict.UNVERIFIED);
    for (int slot = 1; slot <= 10; slot++) {
      byte[] frame = Arrays.copyOfRange(content, slot * PAGE, (slot + 1) * PAGE);
      if (slot % 3 == 0) {
        frame[5]++; // smear
      }
      check.copy(slot, frame, 0);
    }
    assertThat(check.verdict()).isEqualTo(Verdict.FITS);
    assertThat(check.reason()).startsWith("p: 7 of 10 pages in RAM are equal to their copy");
  }

  @Test
  void otherContentShowsThatTheFileIsForeign() throws IOException {
    byte[] ours = machine(1);
    PageFileCheck check = new PageFileCheck(new PageFile(0, new BytesSource("p", machine(2))));
    for (int slot = 1; slot <= 10; slot++) {
      check.copy(slot, ours, slot * PAGE);
    }
    assertThat(check.verdict()).isEqualTo(Verdict.FOREIGN);
  }

  @Test
  void framesOfZerosProveNothing() throws IOException {
    PageFileCheck check = new PageFileCheck(new PageFile(0, new BytesSource("p", new byte[PAGE])));
    for (int i = 0; i < 100; i++) {
      check.copy(0, new byte[PAGE], 0);
    }
    assertThat(check.verdict()).isEqualTo(Verdict.UNVERIFIED);
  }

  @Test
  void entriesBehindTheEndShowThatTheFileIsForeign() throws IOException {
    PageFileCheck check = new PageFileCheck(new PageFile(0, new BytesSource("p", machine(1))));
    for (int i = 0; i < 200; i++) {
      check.reference(i * 7L);
    }
    assertThat(check.verdict()).isEqualTo(Verdict.FOREIGN);
    assertThat(check.reason()).contains("171 lie behind the end of the file");
  }

  @Test
  void usedSlotsThatAreEmptyShowThatTheFileIsForeign() throws IOException {
    byte[] fresh = new byte[PAGES * PAGE];
    PageFileCheck check = new PageFileCheck(new PageFile(0, new BytesSource("p", fresh)));
    for (int slot = 0; slot < 63; slot++) {
      check.reference(slot);
    }
    assertThat(check.verdict()).isEqualTo(Verdict.UNVERIFIED);
    check.reference(63);
    assertThat(check.verdict()).isEqualTo(Verdict.FOREIGN);
  }

  @Test
  void filledSlotsAloneLeaveTheFileUnverified() throws IOException {
    PageFileCheck check = new PageFileCheck(new PageFile(0, new BytesSource("p", machine(1))));
    for (int slot = 1; slot < PAGES; slot++) {
      check.reference(slot);
    }
    assertThat(check.verdict()).isEqualTo(Verdict.UNVERIFIED);
  }

  @Test
  void aSampleTellsEmptyEncryptedAndCrashDumpFiles() throws IOException {
    assertThat(sample(new byte[PAGES * PAGE]).isEmpty()).isTrue();

    byte[] noise = new byte[PAGES * PAGE];
    new Random(3).nextBytes(noise);
    assertThat(sample(noise).isEncrypted()).isTrue();
    assertThat(sample(noise).pages()).isEqualTo(PAGES);

    PageFileSample ordinary = sample(machine(1));
    assertThat(ordinary.isEncrypted()).isFalse();
    assertThat(ordinary.isEmpty()).isFalse();
    assertThat(ordinary.crashDump()).isFalse();

    byte[] dump = machine(1);
    System.arraycopy("PAGEDU64".getBytes(StandardCharsets.US_ASCII), 0, dump, 0, 8);
    assertThat(sample(dump).crashDump()).isTrue();
  }

  private static PageFileSample sample(byte[] content) throws IOException {
    return PageFileSample.of(new PageFile(0, new BytesSource("p", content)));
  }

  /** A page file of one machine: the first page empty, the others filled with small numbers. */
  private static byte[] machine(int seed) {
    Random random = new Random(seed);
    byte[] content = new byte[PAGES * PAGE];
    for (int i = PAGE; i < content.length; i += 4) {
      content[i] = (byte) random.nextInt();
    }
    return content;
  }
}
