package io.memlake.engine.image.wrapper.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.ZstdWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restart points inside frames: small frames are read as if they were too large for one array. */
class LargeFrameTest {
  private static final String NAME = "image.raw.zst";

  private final List<String> warnings = new ArrayList<>();

  /** Texts that repeat near and far, zeros, and noise, as RAM has them. */
  private static byte[] content(int pages) {
    PatternFrames frames = PatternFrames.of(7, 0, pages);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Random random = new Random(11);
    String letters = "etaoinshrdlu \n{}=0123456789";
    byte[] words = new byte[40_000];
    for (int i = 0; i < words.length; i++) {
      int letter = (int) Math.abs(random.nextGaussian() * 6) % letters.length();
      words[i] = (byte) letters.charAt(letter);
    }
    for (int page = 0; page < pages; page++) {
      if (page % 3 == 0) {
        out.writeBytes(frames.frame(page));
      } else if (page % 3 == 1 && page > 40) {
        out.writeBytes(frames.frame(random.nextInt(page) / 3 * 3L));
      } else {
        for (int done = 0; done < 4096; done += 64) {
          out.write(words, random.nextInt(words.length - 64), 64);
        }
      }
    }
    return out.toByteArray();
  }

  private ZstdBytes index(byte[] file) throws IOException {
    try (ByteSource source = new MemoryEvidence().put(NAME, file).open(NAME)) {
      FrameWalk walk = new FrameWalk(source, new ChunkedBytes.Builder(NAME));
      return new FrameIndexer(source, walk, warnings).index();
    }
  }

  private static void reads(ZstdBytes content, byte[] file, byte[] expected) throws IOException {
    assertThat(content.size()).isEqualTo(expected.length);
    try (ByteSource source = content.open(new MemoryEvidence().put(NAME, file))) {
      byte[] found = new byte[expected.length];
      // From the end, so that no span profits from the one before.
      for (int at = expected.length / 70_000 * 70_000; at >= 0; at -= 70_000) {
        int length = Math.min(70_000, expected.length - at);
        assertThat(source.read(at, found, at, length)).isEqualTo(length);
      }
      assertThat(Arrays.equals(found, expected)).isTrue();
      assertThat(source.read(expected.length, found, 0, 10)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-5, 1, 3, 6, 13})
  void everyLevelIsReadFromTheMiddle(int level) throws IOException {
    byte[] plain = content(1200);
    byte[] file = Zstd.compress(plain, level);
    ZstdBytes content = index(file);
    assertThat(content.points().size()).isGreaterThan(1);
    assertThat(warnings).isEmpty();
    reads(content, file, plain);
  }

  @Test
  void aStreamThatTellsNoSizeAndALongWindowAreRead() throws IOException {
    byte[] plain = content(1500);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(out, 4)) {
      zstd.setLong(22).setChecksum(true);
      zstd.write(plain);
    }
    ZstdBytes content = index(out.toByteArray());
    assertThat(warnings).isEmpty();
    reads(content, out.toByteArray(), plain);
  }

  @Test
  void framesOfAllSizesAndSkippableOnesFollowEachOther() throws IOException {
    byte[] plain = content(1100);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(Zstd.compress(Arrays.copyOf(plain, 3_000_000), 5));
    file.writeBytes(
        ZstdWriter.pack(Arrays.copyOfRange(plain, 3_000_000, 3_400_000), 150_000, true));
    file.writeBytes(Zstd.compress(Arrays.copyOfRange(plain, 3_400_000, plain.length), 2));
    ZstdBytes content = index(file.toByteArray());
    assertThat(warnings).isEmpty();
    reads(content, file.toByteArray(), plain);
  }

  @Test
  void theIndexTravels() throws IOException, ClassNotFoundException {
    byte[] plain = content(1200);
    byte[] file = Zstd.compress(plain, 3);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
      objects.writeObject(index(file));
    }
    try (ObjectInputStream objects =
        new ObjectInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      reads((ZstdBytes) objects.readObject(), file, plain);
    }
  }

  @Test
  void aWrongChecksumIsAWarning() throws IOException {
    byte[] plain = content(400);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(out, 1)) {
      zstd.setChecksum(true);
      zstd.write(plain);
    }
    byte[] file = out.toByteArray();
    file[file.length - 1]++;
    reads(index(file), file, plain);
    assertThat(warnings).singleElement().asString().contains("does not match its checksum");
  }

  @Test
  void aCutFileEndsWhereItsLastWholeBlockDoes() throws IOException {
    byte[] plain = content(1000);
    byte[] whole = Zstd.compress(plain, 3);
    byte[] file = Arrays.copyOf(whole, whole.length / 2);
    ZstdBytes content = index(file);
    assertThat(content.size()).isBetween(1_000_000L, 3_000_000L);
    assertThat(warnings).singleElement().asString().contains("of the content is lost");
    reads(content, file, Arrays.copyOf(plain, (int) content.size()));
  }

  @Test
  void aWindowThatNoHeapBearsIsRefused() throws IOException {
    byte[] file = ZstdWriter.pack(new byte[300_000], 300_000, true);
    file[5] = (byte) (20 << 3);
    assertThatThrownBy(() -> index(file)).hasMessageContaining("a window of 1024 MiB");
  }

  @Test
  void anyDamageGivesAnIndexOrAnError() throws IOException {
    byte[] file = Zstd.compress(content(600), 3);
    Random random = new Random(5);
    for (int round = 0; round < 40; round++) {
      byte[] damaged = file.clone();
      int at = round < 20 ? random.nextInt(40) : random.nextInt(file.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      warnings.clear();
      try {
        ZstdBytes content = index(damaged);
        try (ByteSource source = content.open(new MemoryEvidence().put(NAME, damaged))) {
          byte[] target = new byte[100_000];
          for (long place = 0; place < content.size(); place += target.length) {
            source.read(place, target, 0, target.length);
          }
        }
      } catch (io.memlake.engine.image.CorruptImageException
          | io.memlake.engine.image.UnsupportedImageException e) {
        assertThat(e.getMessage()).contains(NAME);
      }
    }
    DamagedImages.check(file, 0, 200, 20, new MemoryEvidence());
  }
}
