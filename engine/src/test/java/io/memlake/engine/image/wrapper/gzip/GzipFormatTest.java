package io.memlake.engine.image.wrapper.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.image.wrapper.restart.RestartPoints;
import io.memlake.engine.physical.PageState;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.GzipWriter;
import io.memlake.testdata.image.LimeWriter;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GzipFormatTest extends PhysicalMemoryContract {
  private static final String NAME = "image.raw.gz";
  private static final int WHOLE = Integer.MAX_VALUE;

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(41, 0, 1200);
  }

  @Override
  protected PageState stateOfHole() {
    return PageState.PRESENT;
  }

  @Override
  protected ImageIndex index() throws IOException {
    Path file = folder.resolve(NAME);
    Files.write(file, GzipWriter.compress(raw(), 1, Deflater.DEFAULT_STRATEGY, WHOLE, false));
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  private byte[] raw() throws IOException {
    Path raw = folder.resolve("image.raw");
    RawWriter.writePadded(frames(), raw);
    return Files.readAllBytes(raw);
  }

  private static ImageIndex open(byte[] file) throws IOException {
    return ImageFormats.standard().index(NAME, new MemoryEvidence().put(NAME, file));
  }

  private static GzipBytes content(byte[] file, List<String> warnings) throws IOException {
    try (ByteSource source = new MemoryEvidence().put(NAME, file).open(NAME)) {
      return new GzipIndexer(source, warnings).index();
    }
  }

  /** Text that refers far back, as logs and page tables do. */
  private static byte[] repetitive(int size) {
    Random random = new Random(4);
    byte[] bytes = new byte[size];
    byte[] words = new byte[60_000];
    random.nextBytes(words);
    for (int at = 0; at < size; ) {
      int length = Math.min(size - at, 3 + random.nextInt(300));
      System.arraycopy(words, random.nextInt(words.length - length), bytes, at, length);
      at += length;
    }
    return bytes;
  }

  private static void readsEverywhere(byte[] plain, byte[] file) throws IOException {
    List<String> warnings = new ArrayList<>();
    GzipBytes content = content(file, warnings);
    assertThat(warnings).isEmpty();
    assertThat(content.size()).isEqualTo(plain.length);
    Random random = new Random(8);
    try (ByteSource bytes = content.open(new MemoryEvidence().put(NAME, file))) {
      for (int i = 0; i < 40; i++) {
        int at = random.nextInt(plain.length);
        byte[] target = new byte[Math.min(1 + random.nextInt(200_000), plain.length - at)];
        assertThat(bytes.read(at, target, 0, target.length)).isEqualTo(target.length);
        assertThat(target).isEqualTo(Arrays.copyOfRange(plain, at, at + target.length));
      }
      assertThat(bytes.read(plain.length, new byte[1], 0, 1)).isZero();
    }
  }

  @Test
  void theVariantTellsTheWrapper() throws IOException {
    assertThat(index().variant()).isEqualTo("gzip, padded");
  }

  @Test
  void anyPlaceReadsInEveryKindOfBlock() throws IOException {
    byte[] plain = repetitive(5 << 20);
    for (int level : new int[] {0, 1, 6, 9}) {
      readsEverywhere(
          plain, GzipWriter.compress(plain, level, Deflater.DEFAULT_STRATEGY, WHOLE, false));
    }
    readsEverywhere(plain, GzipWriter.compress(plain, 6, Deflater.HUFFMAN_ONLY, WHOLE, true));
  }

  @Test
  void aContentOfZerosReadsFromOneLongBlock() throws IOException {
    byte[] plain = new byte[9 << 20];
    plain[5_000_000] = 1;
    readsEverywhere(plain, GzipWriter.compress(plain, 9, Deflater.DEFAULT_STRATEGY, WHOLE, false));
  }

  @Test
  void manyMembersReadAsOne() throws IOException {
    byte[] plain = repetitive((4 << 20) + 77);
    readsEverywhere(plain, GzipWriter.compress(plain, 6, Deflater.DEFAULT_STRATEGY, 100_000, true));
    readsEverywhere(
        plain, GzipWriter.compress(plain, 1, Deflater.DEFAULT_STRATEGY, 3_000_000, false));
  }

  @Test
  void windowsKeepOnlyWhatIsCopied() throws IOException {
    byte[] plain = new byte[4 << 20];
    new Random(3).nextBytes(plain);
    GzipBytes content =
        content(
            GzipWriter.compress(plain, 6, Deflater.DEFAULT_STRATEGY, WHOLE, false),
            new ArrayList<>());
    assertThat(content.points().size()).isEqualTo(4);
    // Chance repetitions of three bytes are all that random data copies.
    for (int i = 0; i < content.points().size(); i++) {
      assertThat(content.points().get(i).window().length).isLessThan(8000);
    }
  }

  @Test
  void thePointsOfALargeFileAreThinnedOut() {
    RestartPoints<GzipPoint> points = new RestartPoints<>();
    for (long at = 0; at < 100_000L << 20; at += points.span()) {
      points.add(new GzipPoint(at, at, at, 0, new byte[8]));
    }
    assertThat(points.size()).isLessThanOrEqualTo(RestartPoints.MANY_POINTS);
    assertThat(points.span()).isEqualTo(8 << 20);
    assertThat(points.get(points.find(77L << 20)).position()).isEqualTo(72L << 20);
    assertThat(points.full()).isFalse();
  }

  @Test
  void anyFormatMayBeInside() throws IOException {
    Path lime = folder.resolve("image.lime");
    LimeWriter.write(PatternFrames.of(3, 1, 60, 300, 5), lime);
    byte[] file =
        GzipWriter.compress(Files.readAllBytes(lime), 6, Deflater.DEFAULT_STRATEGY, WHOLE, false);
    assertThat(open(file).format()).isEqualTo("lime");
    assertThat(open(file).runs()).hasSize(2);
  }

  @Test
  void aCutFileGivesWhatIsBeforeTheCut() throws IOException {
    byte[] plain = raw();
    byte[] file = GzipWriter.compress(plain, 6, Deflater.DEFAULT_STRATEGY, WHOLE, false);
    byte[] cut = Arrays.copyOf(file, file.length / 2);
    List<String> warnings = new ArrayList<>();
    GzipBytes content = content(cut, warnings);
    assertThat(content.size()).isBetween(plain.length / 3L, plain.length * 2L / 3);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("the file ends inside compressed data");
    try (ByteSource bytes = content.open(new MemoryEvidence().put(NAME, cut))) {
      byte[] all = new byte[(int) content.size()];
      assertThat(bytes.read(0, all, 0, all.length)).isEqualTo(all.length);
      assertThat(all).isEqualTo(Arrays.copyOf(plain, all.length));
    }
  }

  @Test
  void aFileCutInsideItsTrailerIsReadAndTold() throws IOException {
    byte[] plain = raw();
    byte[] file = GzipWriter.compress(plain, 6, Deflater.DEFAULT_STRATEGY, WHOLE, false);
    List<String> warnings = new ArrayList<>();
    assertThat(content(Arrays.copyOf(file, file.length - 3), warnings).size())
        .isEqualTo(plain.length);
    assertThat(warnings).containsExactly("The file ends inside the checksum of its gzip data");
  }

  @Test
  void aWrongChecksumIsTold() throws IOException {
    byte[] file = GzipWriter.compress(raw(), 6, Deflater.DEFAULT_STRATEGY, WHOLE, false);
    file[file.length - 8] ^= 1;
    assertThat(open(file).warnings())
        .singleElement()
        .asString()
        .contains("does not match its checksum or length");
  }

  @Test
  void whatFollowsTheDataIsTold() throws IOException {
    byte[] file = GzipWriter.compress(raw(), 6, Deflater.DEFAULT_STRATEGY, WHOLE, false);
    byte[] longer = Arrays.copyOf(file, file.length + 512);
    assertThat(open(longer).warnings())
        .containsExactly(
            "What follows the gzip data at 0x" + Integer.toHexString(file.length) + " is not read");
  }

  @Test
  void aHeaderWithoutDataIsRefused() {
    byte[] header = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, 'n', 'o', ' ', 'e', 'n', 'd'};
    assertThatThrownBy(() -> open(header))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("at 0xa a name in the gzip header has no end");
    byte[] reserved = {0x1F, (byte) 0x8B, 8, (byte) 0x80, 0, 0, 0, 0, 0, 3, 0, 0};
    assertThatThrownBy(() -> open(reserved)).hasMessageContaining("no gzip header that is known");
    byte[] kind = {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 7, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThatThrownBy(() -> open(kind)).hasMessageContaining("a block of impossible kind");
  }

  @Test
  void somethingElseInsideIsRefusedByName() throws IOException {
    byte[] text =
        "these are notes and no memory\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    byte[] file = GzipWriter.compress(text, 6, Deflater.DEFAULT_STRATEGY, WHOLE, false);
    assertThatThrownBy(() -> open(file)).hasMessageContaining("a text file");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] plain = Arrays.copyOf(raw(), 1_200_000);
    for (int level : new int[] {0, 6}) {
      byte[] file = GzipWriter.compress(plain, level, Deflater.DEFAULT_STRATEGY, 500_000, true);
      DamagedImages.check(file, 0, 400, 60, new MemoryEvidence());
      DamagedImages.check(file, 0, file.length, 30, new MemoryEvidence());
    }
  }

  @Test
  void anyCutGivesAnImageOrAnError() throws IOException {
    byte[] file = GzipWriter.compress(new byte[1 << 20], 6, Deflater.DEFAULT_STRATEGY, WHOLE, true);
    DamagedImages.checkCuts(file, 1, Math.min(file.length, 80), 1);
    DamagedImages.checkCuts(file, file.length - 12, file.length, 1);
  }
}
