package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ContainerSamples.Sample;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Opens a container that was damaged and looks at every frame: there is an error that names file
 * and offset, or every frame that is called present is the frame that was written. What it costs is
 * counted in bytes read and bytes allocated, which no other load of the machine changes.
 */
final class DamagedSample {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  /** Windows of decoders, buffers, and tables as large as those of a small file can be. */
  private static final long MAX_ALLOCATED = 16L << 20;

  /** A file is gone through a few times by those who look for something in it. */
  private static final long MAX_PASSES = 40;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a stream of migration holds of a page before it is sent again. */
  private static final byte[] OLD = "dirtydirty".getBytes(StandardCharsets.US_ASCII);

  /**
   * What became of it.
   *
   * @param error empty when it opened
   * @param warnings of the index
   * @param gaps whether runs say that frames are missing
   * @param lost frames with content that have none now
   * @param unread of these, frames that the index calls readable and that cannot be read
   * @param wrong frames whose content is not what was written
   */
  record Outcome(
      String error, List<String> warnings, boolean gaps, int lost, int unread, int wrong) {
    static Outcome refused(String error) {
      return new Outcome(error, List.of(), false, 0, 0, 0);
    }

    /** Whether nothing is missing. */
    boolean complete() {
      return error.isEmpty() && !gaps && lost == 0 && wrong == 0;
    }

    /** Whether bytes are wrong or missing, and nothing says so. */
    boolean misleads(Outcome whole) {
      boolean silent = !gaps && warnings.equals(whole.warnings());
      return error.isEmpty() && silent && wrong + lost - unread > 0;
    }

    /**
     * Whether what is wrong and what is missing is told; {@code whole} is the outcome of the same
     * container without damage. Frames may be misplaced only where the map is called assumed.
     */
    boolean told(Outcome whole) {
      boolean assumed = warnings.stream().anyMatch(warning -> warning.contains("map is assumed"));
      return (wrong == 0 || assumed) && (lost == 0 || gaps || !warnings.equals(whole.warnings()));
    }
  }

  private final byte[][] written;
  private final long end;

  DamagedSample(FrameSource frames) {
    List<FrameRun> runs = frames.runs();
    this.end = runs.stream().mapToLong(FrameRun::endPfn).max().orElseThrow();
    this.written = new byte[(int) end][];
    for (FrameRun run : runs) {
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        written[(int) pfn] = frames.frame(pfn);
      }
    }
  }

  /** Opens a container, reads all frames and compares them with what was written. */
  Outcome open(Sample sample, Evidence evidence, String what) {
    Counting counting = new Counting(evidence);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Outcome outcome = look(what, sample.main(), counting);
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .as("bytes allocated for %s", what)
        .isLessThan(MAX_ALLOCATED);
    long size = sample.files().values().stream().mapToLong(bytes -> bytes.length).sum();
    assertThat(counting.bytes).as("bytes read for %s", what).isLessThan(MAX_PASSES * size);
    return outcome;
  }

  private Outcome look(String what, String main, Evidence evidence) {
    try {
      ImageIndex index = ImageFormats.standard().index(main, evidence);
      boolean gaps = false;
      long last = 0;
      for (PageRun run : index.runs()) {
        assertThat(run.firstPfn()).as(what).isGreaterThanOrEqualTo(last);
        last = run.endPfn();
        gaps |= run.state() == PageState.TRUNCATED || run.state() == PageState.UNREADABLE;
      }
      try (PhysicalMemory memory = index.open(evidence)) {
        return compare(memory, index.warnings(), gaps);
      }
    } catch (CorruptImageException e) {
      assertThat(e.getMessage()).as(what).matches("(?s)Cannot read \\S+: at 0x[0-9a-f]+ .+");
      return Outcome.refused(e.getMessage());
    } catch (UnsupportedImageException e) {
      assertThat(e.getMessage()).as(what).startsWith("Cannot use ");
      return Outcome.refused(e.getMessage());
    } catch (IOException | RuntimeException e) {
      return fail(what + " threw " + e, e);
    }
  }

  private Outcome compare(PhysicalMemory memory, List<String> warnings, boolean gaps)
      throws IOException {
    int count = (int) end + 8;
    byte[] bytes = new byte[count * PAGE];
    boolean[] present = new boolean[count];
    memory.readPages(0, count, bytes, 0, present);
    int lost = 0;
    int wrong = 0;
    int unread = 0;
    byte[] zeros = new byte[PAGE];
    for (int pfn = 0; pfn < count; pfn++) {
      byte[] expected = pfn < end && written[pfn] != null ? written[pfn] : zeros;
      int from = pfn * PAGE;
      if (!present[pfn]) {
        if (pfn < end && written[pfn] != null && !Arrays.equals(expected, zeros)) {
          lost++;
          unread += memory.stateOf(pfn).readable() ? 1 : 0;
        }
        assertThat(isZero(bytes, from, from + PAGE)).isTrue();
      } else if (!Arrays.equals(bytes, from, from + PAGE, expected, 0, PAGE)) {
        boolean cut =
            (memory.stateOf(pfn) == PageState.TRUNCATED && isCut(bytes, from, expected))
                || Arrays.equals(bytes, from, from + OLD.length, OLD, 0, OLD.length);
        lost += cut ? 1 : 0;
        wrong += cut ? 0 : 1;
      }
    }
    return new Outcome("", warnings, gaps, lost, unread, wrong);
  }

  /** Whether the frame begins as it was written and then is zeros. */
  private static boolean isCut(byte[] bytes, int from, byte[] expected) {
    int same = Arrays.mismatch(bytes, from, from + PAGE, expected, 0, PAGE);
    return isZero(bytes, from + same, from + PAGE);
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Counts the bytes that are read. */
  private static final class Counting implements Evidence {
    private final Evidence evidence;
    private long bytes;

    Counting(Evidence evidence) {
      this.evidence = evidence;
    }

    @Override
    public ByteSource open(String file) throws IOException {
      ByteSource source = evidence.open(file);
      return new ByteSource() {
        @Override
        public String name() {
          return source.name();
        }

        @Override
        public long size() {
          return source.size();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
          int count = source.read(position, target, offset, length);
          bytes += Math.max(16, count);
          return count;
        }

        @Override
        public void close() throws IOException {
          source.close();
        }
      };
    }

    @Override
    public List<String> siblings(String file) throws IOException {
      return evidence.siblings(file);
    }
  }
}
