package io.memlake.testdata.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** AFF4 containers with the memory of a machine, in the layouts of three generations of writers. */
public final class Aff4Writer {
  private static final int CHUNK = 32768;
  private static final int CHUNKS_IN_SEGMENT = 8;
  private static final String VOLUME = "aff4://11111111-2222-3333-4444-55555555555";
  private static final String SCHEMA = "http://aff4.org/Schema#";

  /** Layouts of metadata, index and map. */
  public enum Generation {
    /** Evimetry before the standard. */
    PRE_STANDARD,
    /** WinPmem 2. */
    WINPMEM_2,
    /** Standard 1.0. */
    STANDARD
  }

  private record MapRecord(long address, long length, long target) {}

  private final FrameSource frames;
  private final Generation generation;
  private final String image = VOLUME + "0/PhysicalMemory";
  private final String stream = image + "/data";
  private final Map<String, byte[]> pageFiles;

  private Aff4Writer(FrameSource frames, Generation generation, Map<String, byte[]> pageFiles) {
    this.frames = frames;
    this.generation = generation;
    this.pageFiles = new TreeMap<>(pageFiles);
  }

  /**
   * Writes a container of the standard that holds page files beside memory, as WinPmem 3 does.
   *
   * @param pageFiles contents by path, such as {@code C:/pagefile.sys}
   */
  public static void writeWithPageFiles(
      FrameSource frames, Map<String, byte[]> pageFiles, Path volume) throws IOException {
    new Aff4Writer(frames, Generation.STANDARD, pageFiles).write(new Path[] {volume});
  }

  /** Writes one or more volumes; segments go to the volumes in turn. */
  public static void write(FrameSource frames, Generation generation, Path... volumes)
      throws IOException {
    new Aff4Writer(frames, generation, Map.of()).write(volumes);
  }

  private void write(Path[] volumes) throws IOException {
    List<ZipOutputStream> zips = new ArrayList<>();
    for (int i = 0; i < volumes.length; i++) {
      ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(volumes[i]));
      zip.setComment(VOLUME + i);
      add(zip, "container.description", (VOLUME + i).getBytes(StandardCharsets.UTF_8));
      add(zip, "information.turtle", turtle().getBytes(StandardCharsets.UTF_8));
      zips.add(zip);
    }
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    List<MapRecord> map = new ArrayList<>();
    for (FrameRun run : frames.runs()) {
      map.add(
          new MapRecord(
              run.firstPfn() * FrameSource.FRAME, run.count() * FrameSource.FRAME, data.size()));
      for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
        data.write(frames.frame(pfn));
      }
    }
    add(zips.get(0), member(image, 0) + "/map", map(map));
    add(
        zips.get(0),
        member(image, 0) + "/idx",
        (stream + "\n" + stream + "\n").getBytes(StandardCharsets.UTF_8));
    byte[] bytes = data.toByteArray();
    int segmentBytes = CHUNK * CHUNKS_IN_SEGMENT;
    for (int segment = 0; segment * segmentBytes < bytes.length; segment++) {
      int volume = segment % zips.size();
      addSegment(zips.get(volume), volume, stream, bytes, segment);
    }
    for (Map.Entry<String, byte[]> file : pageFiles.entrySet()) {
      for (int segment = 0; segment * segmentBytes < file.getValue().length; segment++) {
        addSegment(zips.get(0), 0, pageFileUrn(file.getKey()), file.getValue(), segment);
      }
    }
    for (ZipOutputStream zip : zips) {
      zip.close();
    }
  }

  private String turtle() {
    String chunk = "chunkSize";
    String chunks = "chunksInSegment";
    String method = "compressionMethod";
    String streamType = "ImageStream";
    String mapType = "Map";
    String schema = SCHEMA;
    if (generation != Generation.STANDARD) {
      chunk = "chunk_size";
      mapType = "map";
      boolean winPmem = generation == Generation.WINPMEM_2;
      chunks = winPmem ? "chunks_per_segment" : "chunks_in_segment";
      method = winPmem ? "compression" : "CompressionMethod";
      streamType = winPmem ? "image" : "stream";
      schema = winPmem ? SCHEMA : "http://afflib.org/2009/aff4#";
    }
    return """
        @prefix aff4: <%s> .
        @prefix memory: <http://aff4.org/Schema#memory/> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <%s> a aff4:%s ; aff4:category memory:physical .
        <%s> a aff4:%s ;
            aff4:%s "%d"^^xsd:int ; aff4:%s %d ;
            aff4:%s <https://www.ietf.org/rfc/rfc1950.txt> ;
            aff4:size "%d"^^xsd:long .
        """
        .formatted(
            schema,
            image,
            mapType,
            stream,
            streamType,
            chunk,
            CHUNK,
            chunks,
            CHUNKS_IN_SEGMENT,
            method,
            frames.frameCount() * FrameSource.FRAME)
        .concat(pageFileTurtle());
  }

  private String pageFileTurtle() {
    StringBuilder turtle = new StringBuilder();
    pageFiles.forEach(
        (path, bytes) ->
            turtle.append(
                """
                <%s> a aff4:ImageStream ; aff4:category memory:pagefile ;
                    aff4:chunkSize "%d"^^xsd:int ; aff4:chunksInSegment %d ;
                    aff4:compressionMethod <https://www.ietf.org/rfc/rfc1950.txt> ;
                    aff4:size "%d"^^xsd:long .
                """
                    .formatted(pageFileUrn(path), CHUNK, CHUNKS_IN_SEGMENT, bytes.length)));
    return turtle.toString();
  }

  private byte[] map(List<MapRecord> map) {
    ByteBuffer out = ByteBuffer.allocate(28 * map.size()).order(ByteOrder.LITTLE_ENDIAN);
    for (MapRecord record : map) {
      boolean targetFirst = generation == Generation.WINPMEM_2;
      out.putLong(record.address);
      out.putLong(targetFirst ? record.target : record.length);
      out.putLong(targetFirst ? record.length : record.target);
      out.putInt(0);
    }
    return out.array();
  }

  private static String pageFileUrn(String path) {
    return VOLUME + "0/" + path;
  }

  private void addSegment(ZipOutputStream zip, int volume, String stream, byte[] bytes, int segment)
      throws IOException {
    ByteArrayOutputStream bevy = new ByteArrayOutputStream();
    ByteBuffer index = ByteBuffer.allocate(12 * CHUNKS_IN_SEGMENT).order(ByteOrder.LITTLE_ENDIAN);
    for (int slot = 0; slot < CHUNKS_IN_SEGMENT; slot++) {
      int from = (segment * CHUNKS_IN_SEGMENT + slot) * CHUNK;
      if (from >= bytes.length) {
        break;
      }
      byte[] chunk = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK));
      byte[] packed = deflated(chunk);
      boolean stored = generation != Generation.WINPMEM_2 && packed.length >= CHUNK - 16;
      byte[] body = stored ? chunk : packed;
      switch (generation) {
        case STANDARD -> index.putLong(bevy.size()).putInt(body.length);
        case WINPMEM_2 -> index.putInt(bevy.size());
        case PRE_STANDARD -> index.putInt(bevy.size() + body.length);
      }
      bevy.write(body);
    }
    String name = String.format(Locale.ROOT, "%s/%08d", member(stream, volume), segment);
    add(zip, name, bevy.toByteArray());
    String suffix = generation == Generation.STANDARD ? ".index" : "/index";
    add(zip, name + suffix, Arrays.copyOf(index.array(), index.position()));
  }

  private static byte[] deflated(byte[] plain) {
    Deflater deflater = new Deflater();
    deflater.setInput(plain);
    deflater.finish();
    byte[] out = new byte[plain.length + 1024];
    int length = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, length);
  }

  /** Names of the volume's own subjects are relative, others escaped. */
  private String member(String urn, int volume) {
    return generation == Generation.PRE_STANDARD || volume > 0
        ? urn.replace("://", "%3A%2F%2F")
        : urn.substring((VOLUME + "0/").length());
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
