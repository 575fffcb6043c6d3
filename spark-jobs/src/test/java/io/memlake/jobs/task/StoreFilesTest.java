package io.memlake.jobs.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.objects.store.StoredPage;
import io.memlake.engine.objects.store.StoredPageStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreFilesTest {

  @Test
  void anIndexIsReadAsItWasWritten() throws IOException {
    List<StoredPage> pages = pages(500);
    assertThat(StoreIndexFile.read("test", new ByteArrayInputStream(index(pages))))
        .isEqualTo(pages);
  }

  @Test
  void findingsAreReadAsTheyWereWritten() throws IOException {
    StoreFindings written = findings();
    StoreFindings read = StoreFindings.read("test", new ByteArrayInputStream(bytes(written)));
    assertThat(read.statuses()).isEqualTo(written.statuses());
    assertThat(read.pages().pages()).isEqualTo(written.pages().pages());
    assertThat(read.count("ok")).isEqualTo(1);
    assertThat(read.count("missing")).isEqualTo(9);
    assertThat(read.count("bad_data")).isEqualTo(2);
  }

  @Test
  void everyCutAndEveryFlippedByteIsNoticed() throws IOException {
    assertDamageIsNoticed(index(pages(13)), in -> StoreIndexFile.read("test", in));
    assertDamageIsNoticed(bytes(findings()), in -> StoreFindings.read("test", in));
  }

  private interface Reading {
    Object of(InputStream in) throws IOException;
  }

  private static void assertDamageIsNoticed(byte[] whole, Reading reading) {
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> reading.of(new ByteArrayInputStream(cut)))
          .isInstanceOf(IOException.class);
      byte[] flipped = whole.clone();
      flipped[length] ^= 0x10;
      assertThatThrownBy(() -> reading.of(new ByteArrayInputStream(flipped)))
          .isInstanceOf(IOException.class);
    }
  }

  private static List<StoredPage> pages(int count) {
    List<StoredPage> pages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StoredPageStatus status = StoreIndexFile.STATUSES.get(i % StoreIndexFile.STATUSES.size());
      pages.add(
          new StoredPage(
              i % 3,
              0xFFFF_0000L + i,
              i % 2 == 0,
              i * 7L,
              i / 9,
              0x1A0_0000_0000L + i * 16L,
              i % 4097,
              status));
    }
    return pages;
  }

  private static StoreFindings findings() {
    return new StoreFindings(FindingsFileTest.findings(20), StoreIndexFile.STATUSES);
  }

  private static byte[] index(List<StoredPage> pages) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StoreIndexFile.write(pages, out);
    return out.toByteArray();
  }

  private static byte[] bytes(StoreFindings findings) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    findings.write(out);
    return out.toByteArray();
  }
}
