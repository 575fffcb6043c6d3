package io.memlake.jobs.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.scan.CarveKind;
import io.memlake.engine.scan.PageKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FindingsFileTest {

  private static final List<PageKind> KINDS = List.of(PageKind.values());

  @Test
  void whatIsWrittenIsRead() throws IOException {
    ChunkFindings written = findings(5000);
    ChunkFindings read = FindingsFile.read("test", new ByteArrayInputStream(bytes(written)));
    assertThat(read.pages()).isEqualTo(5000);
    for (int i = 0; i < read.pages(); i++) {
      assertThat(read.pfn(i)).isEqualTo(written.pfn(i));
      assertThat(read.kind(i)).isEqualTo(written.kind(i));
      assertThat(read.hash(i)).isEqualTo(written.hash(i));
      assertThat(read.hash2(i)).isEqualTo(written.hash2(i));
    }
    assertThat(read.poolHeaders()).isEqualTo(written.poolHeaders());
    assertThat(read.poolAddress(7)).isEqualTo(written.poolAddress(7));
    assertThat(read.poolTag(7)).isEqualTo(written.poolTag(7));
    assertThat(read.lostPages()).isEqualTo(1);
    assertThat(read.lostPfn(0)).isEqualTo(99);
    assertThat(read.carved()).isEqualTo(2);
    assertThat(read.carvedKind(0)).isEqualTo(CarveKind.FILE_RECORD);
    assertThat(read.carvedAddress(0)).isEqualTo(0x64400);
    assertThat(read.carvedKind(1)).isEqualTo(CarveKind.SHORTCUT);
  }

  @Test
  void candidatesAreReadWithoutThePages() throws IOException {
    ChunkFindings written = findings(5000);
    byte[] bytes = bytes(written);
    int candidates = Integer.BYTES + ByteBuffer.wrap(bytes).getInt(Long.BYTES) + Long.BYTES;
    byte[] withoutPages = Arrays.copyOf(bytes, Long.BYTES + candidates);
    ChunkFindings read =
        FindingsFile.readCandidates("test", new ByteArrayInputStream(withoutPages));
    assertThat(read.poolHeaders()).isEqualTo(written.poolHeaders());
    assertThat(read.pages()).isZero();
  }

  @Test
  void aRunOfZeroPagesTakesNoRoom() throws IOException {
    ChunkFindings written = new ChunkFindings(0);
    for (int i = 0; i < 10_000; i++) {
      written.page(i, PageKind.ZERO, 7, 8);
    }
    written.page(10_000, PageKind.DATA, 9, 10);
    byte[] bytes = bytes(written);
    assertThat(bytes).hasSizeLessThan(150);
    ChunkFindings read = FindingsFile.read("test", new ByteArrayInputStream(bytes));
    assertThat(read.pages()).isEqualTo(10_001);
    assertThat(read.pfn(9_999)).isEqualTo(9_999);
    assertThat(read.hash2(9_999)).isEqualTo(8);
    assertThat(read.kind(10_000)).isEqualTo(PageKind.DATA);
    assertThat(read.hash(10_000)).isEqualTo(9);
  }

  @Test
  void everyCutAndEveryFlippedByteIsNoticed() throws IOException {
    byte[] whole = bytes(findings(20));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> FindingsFile.read("test", new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
      byte[] flipped = whole.clone();
      flipped[length] ^= 0x10;
      assertThatThrownBy(() -> FindingsFile.read("test", new ByteArrayInputStream(flipped)))
          .isInstanceOf(IOException.class);
    }
  }

  static ChunkFindings findings(int pages) {
    Random random = new Random(3);
    ChunkFindings findings = new ChunkFindings(10);
    for (int i = 0; i < pages; i++) {
      PageKind kind = KINDS.get(random.nextInt(KINDS.size()));
      long pfn = 100L + i + i / 7;
      boolean zero = kind == PageKind.ZERO;
      findings.page(pfn, kind, zero ? 11 : random.nextLong(), zero ? 12 : random.nextLong());
      if (i % 3 == 0) {
        findings.poolHeader((pfn << 12) + 0x40, 0x636F7250);
      }
    }
    findings.lost(99);
    findings.carved(CarveKind.FILE_RECORD, 0x64400);
    findings.carved(CarveKind.SHORTCUT, 0x65000);
    return findings;
  }

  private static byte[] bytes(ChunkFindings findings) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FindingsFile.write(findings, out);
    return out.toByteArray();
  }
}
