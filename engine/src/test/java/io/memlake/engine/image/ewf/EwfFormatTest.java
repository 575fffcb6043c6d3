package io.memlake.engine.image.ewf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.EwfWriter;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On real images of several acquirers. */
class EwfFormatTest {
  @TempDir Path folder;

  private static final LocalEvidence EVIDENCE = new LocalEvidence();

  private static Path sample(String name) {
    return SampleData.file("formats/ewf/" + name);
  }

  private static ImageIndex open(String name) throws IOException {
    return ImageFormats.standard().index(sample(name).toString(), EVIDENCE);
  }

  private static EwfMedia media(String... segments) throws IOException {
    EwfReader reader = new EwfReader(segments[0]);
    for (int i = 0; i < segments.length; i++) {
      try (ByteSource file = EVIDENCE.open(sample(segments[i]).toString())) {
        reader.addSegment(file, i + 1);
      }
    }
    return reader.media(segments[0]);
  }

  private static String md5(EwfMedia media) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    byte[] buffer = new byte[1 << 20];
    try (ByteSource source = media.bytes().open(EVIDENCE)) {
      for (long at = 0; at < source.size(); at += buffer.length) {
        digest.update(buffer, 0, source.read(at, buffer, 0, buffer.length));
      }
    }
    return Hex.bytes(digest.digest());
  }

  @ParameterizedTest
  @CsvSource({
    "plaso-image.E01, 102400, D73C51F10C7EE6A681B7B619CCC6F1C4",
    "dissect-ewf.E01, 4097, 4A225557E15472D956EB5FE34EED3B9D",
    "be-CFReDS001.E01, -1, E4F9AFBA18011F0B9015A9D74CD3C3AC"
  })
  void realImagesHaveTheirStoredHash(String name, long size, String hash) throws Exception {
    EwfMedia media = media(name);
    if (size >= 0) {
      assertThat(media.bytes().size()).isEqualTo(size);
    }
    assertThat(md5(media)).isEqualTo(hash);
    assertThat(media.facts().get("stored_md5")).isEqualToIgnoringCase(hash);
    assertThat(media.missingChunks()).isZero();
  }

  @Test
  void aSplitImageHasTheHashOfTheWhole() throws Exception {
    EwfMedia media = media("plaso-image-split.E01", "plaso-image-split.E02");
    assertThat(media.bytes().size()).isEqualTo(1_474_560);
    assertThat(md5(media)).isEqualTo("38EA5AF8A80E16E46C095C9110242FC0");
  }

  @Test
  void theSegmentsOfASplitImageAreFoundByTheFirst() throws IOException {
    ImageIndex index = open("plaso-image-split.E01");
    assertThat(index.format()).isEqualTo("raw");
    assertThat(index.variant()).isEqualTo("ewf, padded");
    assertThat(index.files())
        .extracting(file -> Path.of(file).getFileName().toString())
        .containsExactly("plaso-image-split.E01", "plaso-image-split.E02");
    try (PhysicalMemory memory = index.open(EVIDENCE)) {
      assertThat(memory.readablePages()).isEqualTo(360);
    }
  }

  @Test
  void aVolumeThatCountsItsBytesWronglyIsReported() throws IOException {
    assertThat(media("dissect-ewf.E01").warnings())
        .containsExactly("The volume counts 4096 bytes, its chunks hold 4097");
  }

  @Test
  void whatMissingSegmentsWouldHoldIsTruncated() throws IOException {
    ImageIndex index = open("be-email_test.E01");
    assertThat(index.warnings())
        .anyMatch(w -> w.contains("Only 31 of 108 chunks are there; segments are missing"));
    assertThat(index.warnings()).contains("The media looks like a text file, not like RAM");
    assertThat(index.runs())
        .extracting("state")
        .containsExactly(PageState.PRESENT, PageState.TRUNCATED);
    assertThat(index.runs().get(0).pageCount()).isEqualTo(31 * 8);
    assertThat(index.runs().get(1).pageCount()).isEqualTo(77 * 8);
  }

  @Test
  void aLaterSegmentIsRefused() {
    assertThatThrownBy(() -> open("plaso-image-split.E02"))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("this is segment 2, segment 1 is needed");
  }

  @Test
  void versionTwoIsRefusedByName() {
    byte[] bytes = new byte[100_000];
    byte[] mark = {'E', 'V', 'F', '2', '\r', '\n', (byte) 0x81, 0};
    System.arraycopy(mark, 0, bytes, 0, mark.length);
    MemoryEvidence evidence = new MemoryEvidence().put("image.Ex01", bytes);
    assertThatThrownBy(() -> ImageFormats.standard().index("image.Ex01", evidence))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("an EWF image of version 2");
  }

  @Test
  void aChunkWithAWrongChecksumHasNoBytes() throws IOException {
    byte[] bytes = Files.readAllBytes(sample("be-email_test.E01"));
    ImageIndex whole = open("be-email_test.E01");
    bytes[0x10000] ^= 0x10;
    MemoryEvidence evidence = new MemoryEvidence().put("image.E01", bytes);
    ImageIndex index = ImageFormats.standard().index("image.E01", evidence);
    assertThat(index.runs()).isEqualTo(whole.runs());
    int unreadable = 0;
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(evidence)) {
      for (long pfn = 0; pfn < 31 * 8; pfn++) {
        if (!memory.read(pfn << 12, frame, 0, 4096)) {
          unreadable++;
        }
      }
    }
    assertThat(unreadable).isEqualTo(8);
  }

  @Test
  void aDamagedFirstChunkCostsItsFramesOnly() throws IOException {
    Path file = folder.resolve("memory.E01");
    EwfWriter.write(PatternFrames.of(7, 0, 40), file);
    byte[] bytes = Files.readAllBytes(file);
    // Behind the segment header, the volume section and the header of the sectors.
    bytes[13 + 76 + 1052 + 76 + 100] ^= 0x10;
    MemoryEvidence evidence = new MemoryEvidence().put("memory.E01", bytes);
    ImageIndex index = ImageFormats.standard().index("memory.E01", evidence);
    assertThat(index.warnings()).singleElement().asString().contains("the piece that holds 0x0");
    boolean[] present = new boolean[40];
    try (PhysicalMemory memory = index.open(evidence)) {
      memory.readPages(0, 40, new byte[40 * 4096], 0, present);
    }
    for (int pfn = 0; pfn < 40; pfn++) {
      assertThat(present[pfn]).as("frame %d", pfn).isEqualTo(pfn >= 8);
    }
  }

  @Test
  void segmentsAreNamedFromE01ToZzz() {
    assertThat(EwfSegmentName.of("a/b.E01", 2)).contains("a/b.E02");
    assertThat(EwfSegmentName.of("b.E01", 99)).contains("b.E99");
    assertThat(EwfSegmentName.of("b.E01", 100)).contains("b.EAA");
    assertThat(EwfSegmentName.of("b.e01", 101)).contains("b.eab");
    assertThat(EwfSegmentName.of("b.E01", 100 + 26 * 26)).contains("b.FAA");
    assertThat(EwfSegmentName.of("b.E01", 14_971)).contains("b.ZZZ");
    assertThat(EwfSegmentName.of("b.E01", 14_972)).isEqualTo(Optional.empty());
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] bytes = Files.readAllBytes(sample("plaso-image.E01"));
    DamagedImages.check(bytes, 0, bytes.length, 500, new MemoryEvidence());
    DamagedImages.checkCuts(bytes, 1, bytes.length, 97);
  }
}
