package io.memlake.engine.image.wrapper.zstd;

import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.wrapper.restart.RestartPoints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jpountz.xxhash.StreamingXXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Notes the restart points of a frame while it is decoded, and keeps for each what later blocks
 * copy from before it.
 */
final class FramePoints implements BlockReader.Copies, BlockReader.Repeats {
  private static final int STEP = 1 << 20;

  private final RestartPoints<ZstdPoint> points;
  private final ZstdPoint.Frame frame;
  private final long window;
  private final long start;
  private final SequenceTables tables = new SequenceTables();
  private final BlockReader reader = new BlockReader(tables, this, this);

  private final StreamingXXHash64 checksum =
      XXHashFactory.fastestJavaInstance().newStreamingHash64(0);

  /** Points whose windows are still being collected, the oldest first. */
  private final Deque<ZstdPoint> open = new ArrayDeque<>();

  private final List<WindowPart> parts = new ArrayList<>();

  /** Where the content stood after the block that set a table which cannot be given on. */
  private final Map<SequenceKind, Long> setAt = new EnumMap<>(SequenceKind.class);

  /** The last decoded bytes; those before {@link #at} are there. */
  private byte[] buffer;

  private int at;
  private long position;
  private long blockBefore = -1;
  private long lastNoted;

  FramePoints(
      RestartPoints<ZstdPoint> points,
      ZstdPoint.Frame frame,
      long window,
      long position,
      long block) {
    this.points = points;
    this.frame = frame;
    this.window = window;
    this.start = position;
    this.position = position;
    this.lastNoted = position;
    this.buffer = new byte[STEP];
    points.add(ZstdPoint.first(position, frame, block));
  }

  /** Position of the next decoded byte. */
  long position() {
    return position;
  }

  /** Position after the last decoded byte of the frame. */
  long end() {
    return frame.contentEnd() == Long.MAX_VALUE ? start : frame.contentEnd();
  }

  /** A block begins at a byte of the file. */
  void begin(long block) {
    if (blockBefore >= 0 && position - lastNoted >= points.span()) {
      open.add(ZstdPoint.inside(position, frame, block, blockBefore, tables));
      parts.add(new WindowPart(position, window));
      lastNoted = position;
    }
    blockBefore = block;
  }

  /** Reads a compressed block; returns how many bytes it decodes to. */
  int read(byte[] block, int length) throws BadBlockException {
    int decoded = reader.read(block, length);
    for (SequenceKind kind : SequenceKind.values()) {
      if (tables.canBeGiven(kind)) {
        setAt.remove(kind);
      } else {
        setAt.putIfAbsent(kind, position);
      }
    }
    return decoded;
  }

  @Override
  public void copy(long place, long distance, long length) throws BadBlockException {
    long target = position + place;
    long from = target - distance;
    if (distance <= 0 || distance > window || from < start) {
      throw new BadBlockException("it copies from " + distance + " bytes before");
    }
    for (WindowPart part : parts) {
      if (from < part.point()) {
        int count = (int) Math.min(length, part.point() - from);
        part.keep(from, buffer, at - (int) (position - from), count);
      }
    }
  }

  @Override
  public void repeated(SequenceKind kind) {
    long since = setAt.getOrDefault(kind, start);
    while (!open.isEmpty() && open.getLast().position() > since) {
      open.removeLast();
      parts.remove(parts.size() - 1);
    }
    points.dropAfter(since);
  }

  /** Takes the decoded bytes of a block. */
  void append(InputStream plain, int length, String file, long block) throws IOException {
    if (at + length > buffer.length) {
      makeRoom(length);
    }
    int count = plain.readNBytes(buffer, at, length);
    checksum.update(buffer, at, count);
    at += count;
    position += count;
    if (count < length) {
      throw new CorruptImageException(file, block, "a zstd block decodes to less than it says");
    }
    while (!open.isEmpty() && position >= open.getFirst().position() + window) {
      close();
    }
  }

  private void makeRoom(int length) {
    int kept = (int) Math.min(at, window);
    if (buffer.length < kept + length + STEP) {
      int size = (int) Math.min(2L * buffer.length, window + length + 2L * STEP);
      byte[] larger = new byte[Math.max(size, kept + length)];
      System.arraycopy(buffer, at - kept, larger, 0, kept);
      buffer = larger;
    } else {
      System.arraycopy(buffer, at - kept, buffer, 0, kept);
    }
    at = kept;
  }

  private void close() {
    points.add(open.removeFirst().with(parts.remove(0)));
  }

  /** What was decoded so far is whole, up to a byte of the file. */
  void ended(long blocks) {
    frame.ended(blockBefore, blocks, position);
  }

  /** XXH64 of everything decoded; a frame stores its lower half. */
  long checksum() {
    return checksum.getValue();
  }

  /** All blocks were read. */
  void finish() {
    while (!open.isEmpty()) {
      close();
    }
  }
}
