package io.memlake.engine.objects.filerecord;

import io.memlake.engine.bytes.LittleEndian;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One block of a large directory: "INDX", update array, log sequence number, its own cluster at 16,
 * a node of entries at 24.
 */
public final class IndexRecord {
  /** Bytes of a block; other sizes exist only with clusters above 4096 bytes. */
  public static final int SIZE = 4096;

  private static final int SIGNATURE = 0x58444E49;
  private static final int NODE = 24;

  private final byte[] bytes;
  private final SectorState sectors;

  private IndexRecord(byte[] bytes, SectorState sectors) {
    this.bytes = bytes;
    this.sectors = sectors;
  }

  /** Reads the block at {@code at}; empty when there is none, or it is cut off. */
  public static Optional<IndexRecord> parse(byte[] bytes, int at, int length) {
    if (length < SIZE
        || LittleEndian.i32(bytes, at) != SIGNATURE
        || UpdateSequence.protectedSize(bytes, at, length) != SIZE) {
      return Optional.empty();
    }
    byte[] record = Arrays.copyOfRange(bytes, at, at + SIZE);
    return Optional.of(new IndexRecord(record, UpdateSequence.restore(record)));
  }

  /** What the ends of its sectors say. */
  public SectorState sectors() {
    return sectors;
  }

  /** Number of the block within its directory, in clusters. */
  public long cluster() {
    return LittleEndian.i64(bytes, 16);
  }

  /** Its entries; empty for blocks of other indexes than those of names. */
  public List<IndexEntry> entries() {
    return IndexEntries.ofNode(bytes, NODE, bytes.length).stream()
        .filter(entry -> !entry.name().parent().isNone())
        .toList();
  }

  /** Names in the unused part: files that were deleted or moved to another block. */
  public List<FileName> namesInSlack() {
    return SlackNames.find(bytes, IndexEntries.usedEnd(bytes, NODE, bytes.length), bytes.length);
  }
}
