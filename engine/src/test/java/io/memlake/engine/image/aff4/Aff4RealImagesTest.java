package io.memlake.engine.image.aff4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.EmbeddedFile;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.wrapper.IndexWithFiles;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the published reference images and on containers that c-aff4 wrote. */
class Aff4RealImagesTest {

  private static final LocalEvidence EVIDENCE = new LocalEvidence();

  private static IndexWithFiles open(String name) throws IOException {
    return (IndexWithFiles)
        ImageFormats.standard().index(SampleData.file("formats/" + name).toString(), EVIDENCE);
  }

  private static StoredBytes stream(IndexWithFiles index) {
    return ((ExtentIndex) index.image()).sources().get(0);
  }

  private static String sha1(StoredBytes bytes) throws IOException {
    MessageDigest digest = sha1();
    byte[] buffer = new byte[3 << 20];
    try (ByteSource source = bytes.open(EVIDENCE)) {
      for (long at = 0; at < source.size(); at += buffer.length) {
        digest.update(buffer, 0, source.read(at, buffer, 0, buffer.length));
      }
    }
    return Hex.bytes(digest.digest());
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AFF4Std/Base-Linear.aff4, 7d3d27f667f95f7ec5b9d32121622c0f4b60b48d",
    "AFF4Std/Base-Linear-ReadError.aff4, 67e245a640e2784ead30c1ff1a3f8d237b58310f",
    "AFF4Std/Base-Allocated.aff4, e8650e89b262cf0b4b73c025312488d5a6317a26",
    "AFF4PreStd/Base-Linear.af4, 5d5f183ae7355b8dc8938b67aab77c0215c29ab4",
    "AFF4PreStd/Base-Linear-ReadError.af4, 5fc17ee079cbe55c5b6dc150250eebc478ca7191",
    "AFF4PreStd/Base-Allocated.af4, a9f21b04a0a77613a5a34ecdd3af269464984035"
  })
  void referenceImagesHaveTheirPublishedHash(String name, String hash) throws IOException {
    IndexWithFiles index = open("aff4/" + name);
    assertThat(stream(index).size()).isEqualTo(268_435_456L);
    assertThat(sha1(stream(index))).isEqualToIgnoringCase(hash);
    assertThat(index.warnings()).isEmpty();
  }

  @Test
  void rangesThatTheAcquirerCouldNotReadAreUnreadable() throws IOException {
    assertThat(open("aff4/AFF4Std/Base-Linear-ReadError.aff4").runs())
        .anyMatch(run -> run.state() == PageState.UNREADABLE);
    assertThat(open("aff4/AFF4Std/Base-Linear.aff4").runs())
        .noneMatch(run -> run.state() == PageState.UNREADABLE)
        .anyMatch(run -> run.state() == PageState.ZERO);
  }

  @ParameterizedTest
  @CsvSource({"default", "none", "zlib"})
  void memoryInTheLayoutOfWinPmemHasItsRunsAndPages(String kind) throws Exception {
    IndexWithFiles index = open("aff4_pmem/pmem-v33rc3-" + kind + ".aff4");
    assertThat(index.format()).isEqualTo("aff4");
    assertThat(index.runs())
        .containsExactly(
            new PageRun(0x1, 0x9E, PageState.PRESENT),
            new PageRun(0x100, 0x50, PageState.PRESENT),
            new PageRun(0x150, 3, PageState.UNREADABLE),
            new PageRun(0x153, 0xAC, PageState.PRESENT),
            new PageRun(0x1FF, 1, PageState.UNREADABLE),
            new PageRun(0x200, 0x100, PageState.PRESENT),
            new PageRun(0x100000, 0x10, PageState.PRESENT),
            new PageRun(0x100010, 1, PageState.UNREADABLE),
            new PageRun(0x100011, 0x112, PageState.PRESENT));
    assertThat(sha1OfPresentPages(index)).isEqualTo("2FB377AC29CF2E3BB54C90A1BD815383B5604775");
    assertThat(index.warnings()).isEmpty();
  }

  private static String sha1OfPresentPages(ImageIndex index) throws IOException {
    MessageDigest digest = sha1();
    byte[] frame = new byte[4096];
    long pages = 0;
    try (PhysicalMemory memory = index.open(EVIDENCE)) {
      for (PageRun run : memory.runs()) {
        for (long pfn : LongStream.range(run.firstPfn(), run.endPfn()).toArray()) {
          if (memory.read(pfn << 12, frame, 0, 4096)) {
            digest.update(frame);
            pages++;
          }
        }
      }
    }
    assertThat(pages).isEqualTo(956);
    return Hex.bytes(digest.digest());
  }

  @Test
  void thePageFileBesideTheMemoryIsWhole() throws IOException {
    List<EmbeddedFile> files = open("aff4_pmem/pmem-v33rc3-default.aff4").embeddedFiles();
    assertThat(files).extracting(EmbeddedFile::path).containsExactly("c:/pagefile.sys");
    assertThat(files).extracting(EmbeddedFile::kind).containsExactly(EmbeddedFile.PAGE_FILE);
    assertThat(files.get(0).bytes().size()).isEqualTo(249_856);
    assertThat(sha1(files.get(0).bytes())).isEqualTo("24EA3586E12490C788583BC136F74D672DA468FE");
  }

  @Test
  void anImageOfExabytesOpensWithoutReadingThem() throws IOException {
    IndexWithFiles index = open("aff4/Errata/Base-ExabyteSparse.aff4");
    StoredBytes bytes = stream(index);
    assertThat(bytes.size()).isEqualTo(0x7FFF_FFFF_FFFF_FE00L);
    byte[] megabyte = new byte[1 << 20];
    try (ByteSource source = bytes.open(EVIDENCE)) {
      for (long at : new long[] {0, 0x7FFF_FFFF_FFEF_FE00L}) {
        assertThat(source.read(at, megabyte, 0, megabyte.length)).isEqualTo(megabyte.length);
        for (byte b : megabyte) {
          assertThat(b).isEqualTo((byte) 0xFF);
        }
      }
    }
    assertThat(index.warnings())
        .anyMatch(w -> w.contains("beyond the 52 bits"))
        .anyMatch(w -> w.contains("The map fills more than 64 TiB without stored bytes"));
    // A sweep through what is filled would never end.
    assertThat(index.runs()).containsExactly(new PageRun(0, 256, PageState.PRESENT));
  }

  @Test
  void anEncryptedContainerIsRefusedByName() {
    assertThatThrownBy(() -> open("aff4/encrypted-linear-password.aff4"))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("it is an encrypted AFF4 container");
  }

  @Test
  void aLogicalContainerHoldsNoMemory() {
    assertThatThrownBy(() -> open("aff4/AFF4-L/dream.aff4"))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("an AFF4 container without an image of memory");
  }

  @Test
  void anOrdinaryZipFileIsNoImage() {
    assertThatThrownBy(() -> open("aff4/AFF4-L/unicode.zip"))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("a ZIP archive without an AFF4 image");
  }
}
