package io.memlake.engine.image.aff4;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.aff4.StreamLayout.Generation;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.chunk.Codec;
import io.memlake.engine.image.zip.ZipMember;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the chunks of a stream in the bevies of one or more volumes.
 *
 * <pre>
 * bevy  = member {@code <stream>/%08d}: chunks in any order
 * index = member beside it, by generation:
 *         STANDARD {u64 offset, u32 length}, WINPMEM_2 u32 offset, PRE_STANDARD u32 end
 * </pre>
 *
 * <p>A chunk that no index lists is missing: its frames are unreadable, the others are not touched.
 */
final class Aff4Stream {
  private final String urn;
  private final StreamLayout layout;
  private final List<Aff4Volume> volumes;
  private final ChunkedBytes.Builder chunks;
  private final List<String> warnings;

  Aff4Stream(String urn, StreamLayout layout, List<Aff4Volume> volumes, List<String> warnings) {
    this.urn = urn;
    this.layout = layout;
    this.volumes = volumes;
    this.warnings = warnings;
    this.chunks = new ChunkedBytes.Builder(urn);
  }

  ChunkedBytes read() throws IOException {
    chunks.addFile(volumes.get(0).file());
    long count = layout.chunkCount();
    int missing = 0;
    for (long first = 0; first < count; first += layout.chunksInSegment()) {
      int inBevy = (int) Math.min(layout.chunksInSegment(), count - first);
      String bevy = String.format(Locale.ROOT, "%s/%08d", urn, first / layout.chunksInSegment());
      if (!addBevy(bevy, first, inBevy)) {
        addMissing(first, inBevy);
        missing++;
      }
    }
    if (missing > 0) {
      warnings.add(
          missing
              + " segments of the stream "
              + urn
              + " are missing; they may be in other volumes");
    }
    return chunks.build();
  }

  private boolean addBevy(String bevy, long first, int count) throws IOException {
    for (Aff4Volume volume : volumes) {
      Optional<ZipMember> member = volume.find(bevy);
      Optional<ZipMember> index = index(volume, bevy);
      if (member.isPresent() && index.isPresent()) {
        if (!member.get().isStored()) {
          throw new CorruptImageException(
              volume.file(),
              member.get().headerOffset(),
              "the segment " + bevy + " is compressed by ZIP, which no AFF4 writer does");
        }
        addChunks(volume, member.get(), volume.directory().content(index.get()), first, count);
        return true;
      }
    }
    return false;
  }

  private Optional<ZipMember> index(Aff4Volume volume, String bevy) {
    Optional<ZipMember> index =
        volume.find(bevy + (layout.generation() == Generation.STANDARD ? ".index" : "/index"));
    return index.isPresent()
        ? index
        : volume.find(bevy + (layout.generation() == Generation.STANDARD ? "/index" : ".index"));
  }

  private void addChunks(Aff4Volume volume, ZipMember bevy, byte[] index, long first, int count)
      throws IOException {
    int file = chunks.addFile(volume.file());
    long data = volume.directory().dataOffset(bevy);
    BevyIndex entries = new BevyIndex(layout.generation(), index, bevy.size());
    for (int slot = 0; slot < count; slot++) {
      long offset = entries.offset(slot);
      long length = entries.length(slot);
      long decoded = decodedLength(first + slot);
      if (length <= 0 || offset < 0 || offset > bevy.size() || length > bevy.size() - offset) {
        chunks.add(file, data, 0, Codec.MISSING, decoded);
      } else {
        Codec codec = layout.codecOf(length);
        // A last chunk may be stored whole although only a part of it belongs to the stream.
        chunks.add(file, data + offset, length, codec, decoded);
      }
    }
  }

  private long decodedLength(long chunk) {
    return Math.min(layout.chunkSize(), layout.size() - chunk * layout.chunkSize());
  }

  /** One piece for many chunks, in steps that a table can hold. */
  private void addMissing(long first, int count) throws IOException {
    long rest =
        Math.min((long) count * layout.chunkSize(), layout.size() - first * layout.chunkSize());
    while (rest > 0) {
      long part = Math.min(rest, ChunkedBytes.Builder.MAX_CHUNK);
      chunks.add(0, 0, 0, Codec.MISSING, part);
      rest -= part;
    }
  }

  /** Entries of a bevy's index; what is not there has length 0. */
  private static final class BevyIndex {
    private final Generation generation;
    private final byte[] bytes;
    private final long bevySize;

    BevyIndex(Generation generation, byte[] bytes, long bevySize) {
      this.generation = generation;
      this.bytes = bytes;
      this.bevySize = bevySize;
    }

    private int entries() {
      return bytes.length / (generation == Generation.STANDARD ? 12 : 4);
    }

    long offset(int slot) {
      if (slot >= entries()) {
        return -1;
      }
      return switch (generation) {
        case STANDARD -> LittleEndian.i64(bytes, 12 * slot);
        case WINPMEM_2 -> LittleEndian.u32(bytes, 4 * slot);
        case PRE_STANDARD -> start(slot);
      };
    }

    long length(int slot) {
      if (slot >= entries()) {
        return 0;
      }
      return switch (generation) {
        case STANDARD -> LittleEndian.u32(bytes, 12 * slot + 8);
        case WINPMEM_2 ->
            (slot + 1 < entries() ? LittleEndian.u32(bytes, 4 * slot + 4) : bevySize)
                - offset(slot);
        case PRE_STANDARD -> end(slot) - offset(slot);
      };
    }

    /** Ends normally; a first entry of 0 means that the writer stored starts. */
    private boolean storesStarts() {
      return entries() > 0 && LittleEndian.u32(bytes, 0) == 0;
    }

    private long start(int slot) {
      if (storesStarts()) {
        return LittleEndian.u32(bytes, 4 * slot);
      }
      return slot == 0 ? 0 : LittleEndian.u32(bytes, 4 * slot - 4);
    }

    private long end(int slot) {
      if (storesStarts()) {
        return slot + 1 < entries() ? LittleEndian.u32(bytes, 4 * slot + 4) : bevySize;
      }
      return LittleEndian.u32(bytes, 4 * slot);
    }
  }
}
