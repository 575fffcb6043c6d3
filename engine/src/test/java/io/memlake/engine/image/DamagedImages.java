package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Damages an image in many ways and opens what comes out: every outcome must be an image that can
 * be read within bounds, or an error that names the file.
 */
public final class DamagedImages {
  private static final String NAME = "damaged.img";
  private static final int[] LIES = {
    0, 1, -1, 0x7F, 0x80, 0x7FFF_FFFF, 0x8000_0000, 0x4547_4150, 0x1000, 0xFFF, 0x10_0000
  };

  private DamagedImages() {}

  /**
   * Opens {@code rounds} damaged copies.
   *
   * @param structure how many of the first bytes hold the structure; most damage goes there
   */
  public static void check(Path image, int structure, int rounds) throws IOException {
    check(Files.readAllBytes(image), 0, structure, rounds, new MemoryEvidence());
  }

  /** Like {@link #check(Path, int, int)}, with the structure elsewhere and files beside. */
  public static void check(byte[] whole, int from, int structure, int rounds, MemoryEvidence beside)
      throws IOException {
    Random random = new Random(whole.length * 31L + structure);
    for (int round = 0; round < rounds; round++) {
      byte[] bytes = whole.clone();
      int changes = 1 + random.nextInt(3);
      for (int i = 0; i < changes; i++) {
        bytes = damage(bytes, from, structure, random);
      }
      open(bytes, round, beside);
    }
  }

  /** Opens the image cut at every one of the given lengths. */
  public static void checkCuts(byte[] whole, int first, int last, int step) throws IOException {
    for (int length = first; length < last; length += step) {
      open(Arrays.copyOf(whole, length), length, new MemoryEvidence());
    }
  }

  /** Opens any bytes as an image. */
  static void checkBytes(byte[] bytes) {
    open(bytes, 0, new MemoryEvidence());
  }

  private static byte[] damage(byte[] bytes, int from, int structure, Random random) {
    int limit = Math.min(bytes.length, from + structure);
    int span = Math.max(1, limit - from);
    int at = Math.min(bytes.length - 1, from + random.nextInt(span));
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> {
        int lie = LIES[random.nextInt(LIES.length)];
        int aligned = at & ~3;
        for (int i = 0; i < 4 && aligned + i < bytes.length; i++) {
          bytes[aligned + i] = (byte) (lie >>> (8 * i));
        }
      }
      case 3 -> {
        int other = Math.min(bytes.length - 1, from + random.nextInt(span));
        int length = Math.min(16, bytes.length - Math.max(at, other));
        System.arraycopy(bytes.clone(), at, bytes, other, length);
      }
      case 4 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 32), (byte) 0);
      default -> {
        return Arrays.copyOf(bytes, Math.max(1, random.nextBoolean() ? at : bytes.length - at % 9));
      }
    }
    return bytes;
  }

  private static void open(byte[] bytes, int round, MemoryEvidence beside) {
    MemoryEvidence evidence = beside.put(NAME, bytes);
    try {
      ImageIndex index = ImageFormats.standard().index(NAME, evidence);
      long end = 0;
      for (PageRun run : index.runs()) {
        assertThat(run.firstPfn()).isGreaterThanOrEqualTo(end);
        end = run.endPfn();
      }
      index.hints().build();
      index.hints().takenAt();
      try (PhysicalMemory memory = index.open(evidence)) {
        byte[] target = new byte[8 * PhysicalMemory.PAGE_SIZE];
        boolean[] present = new boolean[8];
        int looked = 0;
        for (PageRun run : index.runs()) {
          memory.readPages(run.firstPfn(), 8, target, 0, present);
          memory.readPages(Math.max(0, run.endPfn() - 4), 8, target, 0, present);
          if (++looked == 20) {
            break;
          }
        }
      }
    } catch (CorruptImageException | UnsupportedImageException e) {
      assertThat(e.getMessage()).contains(NAME);
    } catch (IOException | RuntimeException e) {
      fail("Round " + round + " threw " + e, e);
    }
  }
}
