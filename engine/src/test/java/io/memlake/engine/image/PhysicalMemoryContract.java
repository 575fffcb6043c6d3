package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every container must do with the same frames; one subclass a format. */
public abstract class PhysicalMemoryContract {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  /** An index over an image that holds exactly {@link #frames()}. */
  protected abstract ImageIndex index() throws IOException;

  /** What was written into the image. */
  protected abstract FrameSource frames();

  /** What frames in holes are called; padded formats call them present. */
  protected PageState stateOfHole() {
    return PageState.NOT_DUMPED;
  }

  /** Whether the format may call a frame of zeros {@link PageState#ZERO}. */
  protected boolean mayElideZeros() {
    return false;
  }

  @Test
  void everyFrameReadsAsItWasWritten() throws IOException {
    byte[] frame = new byte[PAGE];
    try (PhysicalMemory memory = index().open(new LocalEvidence())) {
      for (FrameRun run : frames().runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          assertThat(memory.read(pfn << 12, frame, 0, PAGE)).as("frame %d", pfn).isTrue();
          assertThat(frame).as("frame %d", pfn).isEqualTo(frames().frame(pfn));
          assertThat(memory.stateOf(pfn).readable()).as("frame %d", pfn).isTrue();
          if (!mayElideZeros()) {
            assertThat(memory.stateOf(pfn)).isEqualTo(PageState.PRESENT);
          }
        }
      }
    }
  }

  @Test
  void partsOfFramesReadAnywhereInAnyOrder() throws IOException {
    Random random = new Random(5);
    List<FrameRun> runs = frames().runs();
    try (PhysicalMemory memory = index().open(new LocalEvidence())) {
      for (int i = 0; i < 500; i++) {
        FrameRun run = runs.get(random.nextInt(runs.size()));
        long pfn = run.firstPfn() + random.nextInt((int) run.count());
        int start = random.nextInt(PAGE);
        int length = random.nextInt(PAGE - start) + 1;
        byte[] target = new byte[length + 2];
        assertThat(memory.read((pfn << 12) + start, target, 1, length)).isTrue();
        byte[] expected = new byte[length + 2];
        System.arraycopy(frames().frame(pfn), start, expected, 1, length);
        assertThat(target).isEqualTo(expected);
      }
    }
  }

  @Test
  void largeReadsGiveTheSameAsSingleFrames() throws IOException {
    Random random = new Random(6);
    try (PhysicalMemory memory = index().open(new LocalEvidence())) {
      for (FrameRun run : frames().runs()) {
        for (int i = 0; i < 20; i++) {
          long first = Math.max(0, run.firstPfn() - 4 + random.nextInt((int) run.count() + 8));
          int count = 1 + random.nextInt(40);
          byte[] many = new byte[count * PAGE + 3];
          Arrays.fill(many, (byte) 0x5A);
          boolean[] present = new boolean[count];
          memory.readPages(first, count, many, 3, present);
          byte[] expected = new byte[many.length];
          Arrays.fill(expected, 0, 3, (byte) 0x5A);
          for (int page = 0; page < count; page++) {
            boolean there = memory.read((first + page) << 12, expected, 3 + page * PAGE, PAGE);
            assertThat(present[page]).as("frame %d", first + page).isEqualTo(there);
          }
          assertThat(many).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void framesOutsideTheRunsAreAbsentAndLeaveTheTargetAlone() throws IOException {
    try (PhysicalMemory memory = index().open(new LocalEvidence())) {
      long end = memory.endPfn();
      byte[] target = {1, 2, 3};
      for (long pfn : new long[] {end, end + 1, 1L << 39, 1L << 51, -1L >>> 12}) {
        assertThat(memory.read(pfn << 12, target, 0, 3)).isFalse();
        assertThat(memory.stateOf(pfn)).isEqualTo(PageState.NOT_DUMPED);
      }
      assertThat(target).containsExactly(1, 2, 3);
      List<FrameRun> runs = frames().runs();
      for (int i = 1; i < runs.size(); i++) {
        if (runs.get(i - 1).endPfn() < runs.get(i).firstPfn()) {
          assertThat(memory.stateOf(runs.get(i).firstPfn() - 1)).isEqualTo(stateOfHole());
        }
      }
    }
  }

  @Test
  void runsRiseWithoutOverlapAndCoverTheFrames() throws IOException {
    ImageIndex index = index();
    long end = 0;
    for (PageRun run : index.runs()) {
      assertThat(run.firstPfn()).isGreaterThanOrEqualTo(end);
      end = run.endPfn();
    }
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      assertThat(memory.runs()).isEqualTo(index.runs());
      for (FrameRun run : frames().runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          long wanted = pfn;
          assertThat(index.runs()).anyMatch(r -> r.contains(wanted));
        }
      }
      if (stateOfHole() == PageState.NOT_DUMPED && !mayElideZeros()) {
        assertThat(memory.readablePages()).isEqualTo(frames().frameCount());
      }
    }
  }

  @Test
  void theIndexTravelsToAnotherMachine() throws Exception {
    ImageIndex index = index();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(index);
    }
    assertThat(bytes.size()).isLessThan(64 << 10);
    ImageIndex copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (ImageIndex) in.readObject();
    }
    assertThat(copy.runs()).isEqualTo(index.runs());
    assertThat(copy.hints()).isEqualTo(index.hints());
    assertThat(copy.files()).isEqualTo(index.files());
    assertThat(copy.warnings()).isEqualTo(index.warnings());
    long pfn = frames().runs().get(0).firstPfn();
    byte[] frame = new byte[PAGE];
    try (PhysicalMemory memory = copy.open(new LocalEvidence())) {
      assertThat(memory.read(pfn << 12, frame, 0, PAGE)).isTrue();
    }
    assertThat(frame).isEqualTo(frames().frame(pfn));
  }
}
