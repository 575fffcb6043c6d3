package io.memlake.engine.image.aff4;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.EmbeddedFile;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.wrapper.IndexWithFiles;
import io.memlake.engine.image.wrapper.WrappedIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * AFF4 containers.
 *
 * <pre>
 * volume = ZIP file with container.description or a comment "aff4://...", information.turtle
 * image  = subject with the category memory/physical, else .../PhysicalMemory, else the data of an
 *          Image, else the only Map, else the only stream
 * map    = member {@code <image>/map}: {u64 address, u64 length, u64 target, u32 stream}, with the
 *          streams' names in {@code <image>/idx}
 * </pre>
 *
 * <p>What a map does not mention is no memory. What it maps to UnreadableData or UnknownData is
 * unreadable. Segments that are not in the volume are looked for in the volumes beside it.
 */
public final class Aff4Format implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "aff4";

  /** Volumes beside the named one that are looked into. */
  private static final int MAX_VOLUMES = 256;

  private final ImageFormats inner;

  /** Looks with {@code inner} at an image that is stored as a plain member. */
  public Aff4Format(ImageFormats inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    byte[] mark = ContainerBytes.readUpTo(file, 0, 4);
    boolean zip =
        ContainerBytes.holds(mark, 0, "PK\3\4") || ContainerBytes.holds(mark, 0, "PK\5\6");
    Optional<Aff4Volume> first = Aff4Volume.read(file);
    if (first.isEmpty()) {
      if (zip) {
        throw new UnsupportedImageException(
            file.name(), "a ZIP archive without an AFF4 image", ImageFormats.ACCEPTED);
      }
      return Optional.empty();
    }
    Aff4Graph graph = new Aff4Graph();
    addMetadata(graph, first.get());
    List<ByteSource> opened = new ArrayList<>();
    try {
      List<Aff4Volume> volumes = new ArrayList<>(List.of(first.get()));
      String image = find(graph, file.name());
      Aff4Reading reading = read(graph, volumes, image);
      if (reading.incomplete()) {
        addSiblings(graph, volumes, evidence, opened);
        if (volumes.size() > 1) {
          reading = read(graph, volumes, image);
        }
      }
      return Optional.of(index(reading, file, evidence));
    } finally {
      for (ByteSource source : opened) {
        source.close();
      }
    }
  }

  private static void addMetadata(Aff4Graph graph, Aff4Volume volume) throws IOException {
    Optional<byte[]> turtle = volume.metadata();
    if (turtle.isPresent()) {
      graph.add(volume.file(), volume.urn(), turtle.get());
    }
  }

  private static String find(Aff4Graph graph, String file) throws IOException {
    if (!graph.ofType("EncryptedStream").isEmpty()) {
      throw new UnsupportedImageException(
          file, "an encrypted AFF4 container", "AFF4 containers without encryption");
    }
    for (String subject : graph.subjects()) {
      if (graph.values(subject, "category").stream().anyMatch(c -> c.endsWith("memory/physical"))) {
        return subject;
      }
    }
    for (String subject : graph.subjects()) {
      if (subject.endsWith("/PhysicalMemory")) {
        return subject;
      }
    }
    for (String[] types :
        new String[][] {
          {"MemoryImage"}, {"Image", "DiskImage", "ContiguousImage", "DiscontiguousImage"},
          {"Map", "map"}, {"ImageStream", "stream", "image"}
        }) {
      List<String> found = graph.ofType(types);
      found.removeIf(subject -> graph.isOfType(subject, "FileImage", "Folder", "FolderImage"));
      if (found.size() == 1) {
        return found.get(0);
      }
    }
    throw new UnsupportedImageException(
        file, "an AFF4 container without an image of memory", "containers with one image");
  }

  private static Aff4Reading read(Aff4Graph graph, List<Aff4Volume> volumes, String image)
      throws IOException {
    List<String> warnings = new ArrayList<>();
    Aff4Streams streams = new Aff4Streams(graph, volumes, warnings);
    Optional<StoredBytes> bytes = streams.open(image);
    List<EmbeddedFile> embedded = new ArrayList<>();
    for (String subject : graph.subjects()) {
      boolean pageFile =
          graph.values(subject, "category").stream().anyMatch(c -> c.endsWith("memory/pagefile"));
      if (pageFile && !subject.equals(image)) {
        Optional<StoredBytes> content = streams.open(subject);
        content.ifPresent(
            c -> embedded.add(new EmbeddedFile(path(subject), EmbeddedFile.PAGE_FILE, c)));
      }
    }
    return new Aff4Reading(image, bytes, embedded, warnings);
  }

  /** The name without that of the volume. */
  private static String path(String subject) {
    int slash = subject.indexOf('/', "aff4://".length());
    return slash < 0 ? subject : subject.substring(slash).replaceFirst("^/+", "");
  }

  /** What was found in the volumes that were at hand. */
  private record Aff4Reading(
      String image,
      Optional<StoredBytes> bytes,
      List<EmbeddedFile> embedded,
      List<String> warnings) {

    boolean incomplete() {
      return bytes.isEmpty()
          || warnings.stream()
              .anyMatch(w -> w.contains("are missing") || w.contains("that is not there"));
    }
  }

  private static void addSiblings(
      Aff4Graph graph, List<Aff4Volume> volumes, Evidence evidence, List<ByteSource> opened)
      throws IOException {
    String first = volumes.get(0).file();
    String suffix = suffix(first);
    int looked = 0;
    for (String sibling : evidence.siblings(first)) {
      if (sibling.equals(first) || !suffix(sibling).equals(suffix) || looked == MAX_VOLUMES) {
        continue;
      }
      looked++;
      ByteSource source = evidence.open(sibling);
      opened.add(source);
      Optional<Aff4Volume> volume = related(graph, source);
      if (volume.isPresent()) {
        volumes.add(volume.get());
        addMetadata(graph, volume.get());
      }
    }
  }

  /** A volume of the same image; damage in other containers does not concern this one. */
  private static Optional<Aff4Volume> related(Aff4Graph graph, ByteSource source)
      throws IOException {
    try {
      Optional<Aff4Volume> volume = Aff4Volume.read(source);
      return volume.isPresent() && shares(graph, volume.get()) ? volume : Optional.empty();
    } catch (CorruptImageException e) {
      return Optional.empty();
    }
  }

  private static String suffix(String file) {
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "" : file.substring(dot);
  }

  /** Whether a volume speaks of an image that the others speak of. */
  private static boolean shares(Aff4Graph graph, Aff4Volume volume) throws IOException {
    Aff4Graph other = new Aff4Graph();
    addMetadata(other, volume);
    List<String> images = other.ofType("Image", "DiskImage", "MemoryImage", "Map", "ImageStream");
    return images.stream().anyMatch(graph.subjects()::contains);
  }

  private ImageIndex index(Aff4Reading reading, ByteSource file, Evidence evidence)
      throws IOException {
    StoredBytes bytes =
        reading.bytes.orElseThrow(
            () ->
                new CorruptImageException(
                    file.name(), 0, "the image " + reading.image + " is not in the container"));
    if (bytes instanceof MapBytes map) {
      List<String> warnings = new ArrayList<>(reading.warnings);
      var extents = MapExtents.of(map, file.name(), warnings);
      return new IndexWithFiles(
          new ExtentIndex(
              NAME, "map", file.name(), List.of(map), extents, ImageHints.NONE, warnings),
          reading.embedded);
    }
    ImageIndex wrapped =
        WrappedIndex.of(
            NAME, file.name(), bytes, ImageHints.NONE, reading.warnings, inner, evidence);
    return new IndexWithFiles(wrapped, reading.embedded);
  }
}
