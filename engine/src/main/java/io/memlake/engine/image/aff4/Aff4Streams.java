package io.memlake.engine.image.aff4;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.aff4.MapRanges.Range;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.extent.StoredSegments;
import io.memlake.engine.image.zip.ZipMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens streams of a container by name: maps, chunked streams, symbolic streams, members. */
final class Aff4Streams {

  /** Maps of maps of maps: no writer goes deeper, and a cycle ends here. */
  private static final int MAX_DEPTH = 8;

  private static final int RECORD = 28;

  /** Ranges of one map; fragmented disk images have some hundred thousand. */
  private static final int MAX_RANGES = 1 << 22;

  private static final int MAX_WARNINGS = 50;

  private final Aff4Graph graph;
  private final List<Aff4Volume> volumes;
  private final List<String> warnings;
  private final Map<String, StoredBytes> opened = new HashMap<>();

  Aff4Streams(Aff4Graph graph, List<Aff4Volume> volumes, List<String> warnings) {
    this.graph = graph;
    this.volumes = volumes;
    this.warnings = warnings;
  }

  /** Empty when there is no such stream in the volumes. */
  Optional<StoredBytes> open(String urn) throws IOException {
    return open(urn, 0);
  }

  private Optional<StoredBytes> open(String urn, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new CorruptImageException(
          volumes.get(0).file(), 0, "the map " + urn + " leads back to itself");
    }
    StoredBytes known = opened.get(urn);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<StoredBytes> found = find(urn, depth);
    found.ifPresent(bytes -> opened.put(urn, bytes));
    return found;
  }

  private Optional<StoredBytes> find(String urn, int depth) throws IOException {
    if (isMap(urn)) {
      return Optional.of(map(urn, depth));
    }
    if (graph.isOfType(urn, "ImageStream", "stream", "image")) {
      StreamLayout layout = StreamLayout.of(graph, urn, volumes.get(0).file());
      return Optional.of(new Aff4Stream(urn, layout, volumes, warnings).read());
    }
    Optional<String> data = graph.value(urn, "dataStream");
    if (data.isPresent()) {
      return open(data.get(), depth + 1);
    }
    Optional<FillBytes> fill = FillBytes.named(urn);
    if (fill.isPresent()) {
      return Optional.of(fill.get());
    }
    return member(urn);
  }

  /** Whether the name is that of a map with ranges. */
  boolean isMap(String urn) {
    return graph.isOfType(urn, "Map", "map") && mapMember(urn).isPresent();
  }

  /** A stream that is a member of the ZIP file, as it is. */
  Optional<StoredBytes> member(String urn) throws IOException {
    for (Aff4Volume volume : volumes) {
      Optional<ZipMember> member = volume.find(urn);
      if (member.isPresent() && member.get().isStored() && member.get().size() > 0) {
        long offset = volume.directory().dataOffset(member.get());
        return Optional.of(
            new StoredSegments(
                urn,
                List.of(new StoredSegments.Segment(volume.file(), offset, member.get().size()))));
      }
    }
    return Optional.empty();
  }

  private record Found(Aff4Volume volume, ZipMember member) {}

  private Optional<Found> mapMember(String urn) {
    for (Aff4Volume volume : volumes) {
      Optional<ZipMember> member = volume.find(urn + "/map");
      if (member.isPresent()) {
        return Optional.of(new Found(volume, member.get()));
      }
    }
    return Optional.empty();
  }

  private MapBytes map(String urn, int depth) throws IOException {
    Found found = mapMember(urn).orElseThrow();
    String file = found.volume.file();
    byte[] map = found.volume.directory().content(found.member);
    Optional<ZipMember> idx = found.volume.find(urn + "/idx");
    if (idx.isEmpty()) {
      throw new CorruptImageException(
          file, found.member.headerOffset(), "the map " + urn + " has no list of streams");
    }
    if (map.length / RECORD > MAX_RANGES) {
      throw new CorruptImageException(
          file, found.member.headerOffset(), "a map of more than " + MAX_RANGES + " ranges");
    }
    String[] names =
        new String(found.volume.directory().content(idx.get()), StandardCharsets.UTF_8)
            .split("\r?\n");
    List<StoredBytes> streams = new ArrayList<>();
    int[] streamOf = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      Optional<StoredBytes> stream =
          names[i].isBlank() ? Optional.empty() : open(names[i].strip(), depth + 1);
      streamOf[i] = stream.map(s -> numberOf(streams, s)).orElse(-1);
    }
    boolean swapped = isSwapped(map);
    if (swapped) {
      warn("The ranges of the map " + urn + " are stored in the order of WinPmem 2");
    }
    return ranges(urn, map, swapped, names, streams, streamOf);
  }

  /** The same stream is listed several times by c-aff4. */
  private static int numberOf(List<StoredBytes> streams, StoredBytes stream) {
    for (int i = 0; i < streams.size(); i++) {
      if (streams.get(i) == stream || streams.get(i).equals(stream)) {
        return i;
      }
    }
    streams.add(stream);
    return streams.size() - 1;
  }

  private MapBytes ranges(
      String urn,
      byte[] map,
      boolean swapped,
      String[] names,
      List<StoredBytes> streams,
      int[] streamOf)
      throws IOException {
    MapRanges ranges = new MapRanges();
    int unreadable = numberOf(streams, FillBytes.named("#UnreadableData").orElseThrow());
    long end = 0;
    for (int at = 0; at + RECORD <= map.length; at += RECORD) {
      long start = LittleEndian.i64(map, at);
      long length = LittleEndian.i64(map, at + (swapped ? 16 : 8));
      long target = LittleEndian.i64(map, at + (swapped ? 8 : 16));
      long id = LittleEndian.u32(map, at + 24);
      if (length == 0) {
        continue;
      }
      if (start < 0 || length < 0 || start > Long.MAX_VALUE - length) {
        warn("A range of the map " + urn + " is impossible and left out");
        continue;
      }
      end = Math.max(end, start + length);
      int stream = id < streamOf.length ? streamOf[(int) id] : -1;
      boolean inside = stream >= 0 && target >= 0 && length <= streams.get(stream).size() - target;
      if (stream < 0) {
        String name = id < names.length ? names[(int) id] : "number " + id;
        warn("The map " + urn + " uses a stream that is not there: " + name);
      } else if (!inside) {
        warn("A range of the map " + urn + " lies behind the end of its stream");
      }
      ranges.add(
          inside
              ? new Range(start, length, target, stream)
              : new Range(start, length, start, unreadable));
    }
    Optional<FillBytes> gap = graph.value(urn, "mapGapDefaultStream").flatMap(FillBytes::named);
    long size = Math.max(end, graph.number(urn, "size").orElse(0));
    List<Range> sorted = ranges.sorted();
    if (ranges.replaced() > 0) {
      warn(
          "In the map "
              + urn
              + " "
              + ranges.replaced()
              + " bytes are in more than one range; the last counts");
    }
    return new MapBytes(urn, size, streams, filled(sorted, gap, streams, size));
  }

  /** Gaps become ranges of the default stream, when the map names one. */
  private static List<Range> filled(
      List<Range> ranges, Optional<FillBytes> gap, List<StoredBytes> streams, long size) {
    if (gap.isEmpty()) {
      return ranges;
    }
    int fill = numberOf(streams, gap.get());
    List<Range> filled = new ArrayList<>();
    long next = 0;
    for (Range range : ranges) {
      if (range.start() > next) {
        filled.add(new Range(next, range.start() - next, next, fill));
      }
      filled.add(range);
      next = range.end();
    }
    if (size > next) {
      filled.add(new Range(next, size - next, next, fill));
    }
    return filled;
  }

  /**
   * Standard: address, length, target. WinPmem 2: address, target, length. The right reading gives
   * ranges that do not run into each other, or fewer of those.
   */
  private static boolean isSwapped(byte[] map) {
    return conflicts(map, 8) > conflicts(map, 16);
  }

  private static int conflicts(byte[] map, int lengthOffset) {
    List<long[]> ranges = new ArrayList<>();
    int conflicts = 0;
    for (int at = 0; at + RECORD <= map.length; at += RECORD) {
      long start = LittleEndian.i64(map, at);
      long length = LittleEndian.i64(map, at + lengthOffset);
      if (start < 0 || length <= 0 || length > Long.MAX_VALUE - start) {
        conflicts++;
      } else {
        ranges.add(new long[] {start, start + length});
      }
    }
    ranges.sort((a, b) -> Long.compare(a[0], b[0]));
    for (int i = 1; i < ranges.size(); i++) {
      if (ranges.get(i)[0] < ranges.get(i - 1)[1]) {
        conflicts++;
      }
    }
    return conflicts;
  }

  private void warn(String warning) {
    if (warnings.size() < MAX_WARNINGS && !warnings.contains(warning)) {
      warnings.add(warning);
    }
  }
}
