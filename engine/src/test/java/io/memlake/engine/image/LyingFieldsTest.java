package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ContainerSamples.Sample;
import io.memlake.engine.image.DamagedSample.Outcome;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fields of every container's structure say 0, 1, or as much as they can: counts, lengths, offsets,
 * checksums. The result is an image, or an error with file and offset, for a bounded number of
 * bytes read and allocated; and where a format has checksums, no wrong byte is taken for a right
 * one.
 */
class LyingFieldsTest {
  private static final PatternFrames FRAMES = PatternFrames.of(92, 1, 9, 0xB, 9);
  private static final int[] NARROW = {0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF};
  private static final long[] WIDE = {0xFFFF_FFFFL, Long.MAX_VALUE, -1};

  /** Fields tried in a file: the first ones, then some of all. */
  private static final int FIRST = 24;

  private static final int SOME = 40;

  /** Headers and tables are here, and at the end. */
  private static final int HEAD = 0x2100;

  /** All that is stored is under a checksum of the format or of its codec. */
  private static final Set<String> WITH_CHECKSUMS =
      Set.of("gzip", "xz", "ewf", "avml", "aff4standard", "pagefile", "striped");

  /** Without their mark, which is the first field, these are nothing but bytes: RAW. */
  private static final int MARK = 8;

  @TempDir Path folder;

  @Test
  void everyLieHasAnEndAndChecksumsAreBelieved() throws IOException {
    DamagedSample check = new DamagedSample(FRAMES);
    List<String> silent = new ArrayList<>();
    int refused = 0;
    int opened = 0;
    for (Sample sample : ContainerSamples.of(FRAMES, folder)) {
      Outcome whole = check.open(sample, sample.evidence(), sample.name());
      for (Map.Entry<String, byte[]> file : sample.files().entrySet()) {
        MemoryEvidence evidence = sample.evidence();
        for (int at : fields(file.getValue())) {
          for (byte[] lie : lies(file.getValue(), at)) {
            evidence.put(file.getKey(), lie);
            String what = sample.name() + ": " + file.getKey() + ", field " + at;
            Outcome outcome = check.open(sample, evidence, what);
            refused += outcome.error().isEmpty() ? 0 : 1;
            opened += outcome.error().isEmpty() ? 1 : 0;
            boolean checked = WITH_CHECKSUMS.contains(sample.name()) && at >= MARK;
            if (checked && outcome.misleads(whole)) {
              silent.add(what + ": " + outcome);
            }
          }
        }
      }
    }
    assertThat(silent).isEmpty();
    assertThat(refused).isGreaterThan(1000);
    assertThat(opened).isGreaterThan(5000);
  }

  /** Places of fields: the first and the last ones, and some of those that hold something. */
  private static List<Integer> fields(byte[] bytes) {
    List<Integer> fields = new ArrayList<>();
    List<Integer> used = new ArrayList<>();
    for (int at = 0; at + Long.BYTES <= bytes.length; at += Integer.BYTES) {
      boolean last = at >= bytes.length - 0x60;
      if (fields.size() < FIRST) {
        fields.add(at);
      } else if (last || (at < HEAD && ByteBuffer.wrap(bytes).getInt(at) != 0)) {
        used.add(at);
      }
    }
    for (int i = 0; i < SOME && !used.isEmpty(); i++) {
      int at = used.get((int) ((long) i * used.size() / SOME));
      if (!fields.contains(at)) {
        fields.add(at);
      }
    }
    return fields;
  }

  private static List<byte[]> lies(byte[] bytes, int at) {
    List<byte[]> lies = new ArrayList<>();
    for (int value : NARROW) {
      byte[] lie = bytes.clone();
      ByteBuffer.wrap(lie).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
      lies.add(lie);
    }
    for (long value : WIDE) {
      byte[] lie = bytes.clone();
      ByteBuffer.wrap(lie).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
      lies.add(lie);
    }
    return lies;
  }
}
