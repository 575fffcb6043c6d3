package io.memlake.engine.image;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.aff4.Aff4Format;
import io.memlake.engine.image.avml.AvmlFormat;
import io.memlake.engine.image.crashdump.CrashDumpFormat;
import io.memlake.engine.image.elfcore.ElfCoreFormat;
import io.memlake.engine.image.ewf.EwfFormat;
import io.memlake.engine.image.hibernation.HibernationFormat;
import io.memlake.engine.image.hpak.HpakFormat;
import io.memlake.engine.image.hyperv.HyperVFormat;
import io.memlake.engine.image.kdump.FlattenedFormat;
import io.memlake.engine.image.kdump.KdumpFormat;
import io.memlake.engine.image.lime.LimeFormat;
import io.memlake.engine.image.minidump.MinidumpFormat;
import io.memlake.engine.image.minidump.ProcessDump;
import io.memlake.engine.image.raw.RawFormat;
import io.memlake.engine.image.savevm.SavevmFormat;
import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import io.memlake.engine.image.vmware.VmwareFormat;
import io.memlake.engine.image.wrapper.SplitFormat;
import io.memlake.engine.image.wrapper.XzFormat;
import io.memlake.engine.image.wrapper.gzip.GzipFormat;
import io.memlake.engine.image.wrapper.zstd.ZstdFormat;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The register of all formats, and the one place where a file is told to be of one of them.
 *
 * <p>Formats are tried in a fixed order and the first that accepts the file wins. A format whose
 * mark the file bears but whose structure is broken is a near miss: other containers are still
 * tried, but never RAW, since a broken crash dump read as RAW would be nonsense that looks like
 * evidence. File names play no part.
 */
public final class ImageFormats {

  /** What a user may bring, for error messages. */
  public static final String ACCEPTED =
      "a memory image (RAW, AFF4, EWF, crash dump, ELF core, VMware, Hyper-V, kdump, hibernation file, LiME or AVML; also in gzip,"
          + " zstd or xz)";

  private final List<ImageFormat> containers;
  private final ImageFormat raw;

  private ImageFormats(List<ImageFormat> containers, ImageFormat raw) {
    this.containers = List.copyOf(containers);
    this.raw = raw;
  }

  /** All formats that Memlake reads. */
  public static ImageFormats standard() {
    ImageFormat raw = RawFormat.ofFiles();
    List<ImageFormat> bare =
        List.of(
            new CrashDumpFormat(),
            new ElfCoreFormat(),
            new LimeFormat(),
            new AvmlFormat(),
            new VmwareFormat(),
            new HibernationFormat(),
            new KdumpFormat(),
            new MinidumpFormat(),
            new SavevmFormat(),
            new HyperVFormat());
    ImageFormats unwrapped = new ImageFormats(bare, raw);
    ImageFormats media = new ImageFormats(bare, RawFormat.ofMedia());
    List<ImageFormat> all = new ArrayList<>();
    all.add(new EwfFormat(media));
    all.add(new Aff4Format(media));
    all.add(new SplitFormat(unwrapped));
    all.add(new XzFormat(unwrapped));
    all.add(new GzipFormat(unwrapped));
    all.add(new ZstdFormat(unwrapped));
    List<ImageFormat> dumps = List.of(new KdumpFormat(), new ElfCoreFormat());
    all.add(new HpakFormat(new ImageFormats(List.of(new GzipFormat(unwrapped)), raw)));
    all.add(new FlattenedFormat(new ImageFormats(dumps, new Nothing())));
    all.addAll(bare);
    return new ImageFormats(all, raw);
  }

  /**
   * Looks through a file and builds its index.
   *
   * @throws UnsupportedImageException when it is no memory image, or one of a kind that cannot be
   *     read; the message says what it is
   * @throws CorruptImageException when it is an image that is broken beyond use
   * @throws IOException when it cannot be read at all
   */
  public ImageIndex index(String file, Evidence evidence) throws IOException {
    try (ByteSource source = evidence.open(file)) {
      return index(source, evidence);
    }
  }

  /** Like {@link #index(String, Evidence)}, for bytes that are open already. */
  public ImageIndex index(ByteSource source, Evidence evidence) throws IOException {
    if (source.size() == 0) {
      throw new UnsupportedImageException(source.name(), "an empty file", ACCEPTED);
    }
    List<IOException> nearMisses = new ArrayList<>();
    Optional<IOException> start = brokenStart(source);
    if (start.isPresent()) {
      // A container around this one lost its first piece: no header can tell what is inside.
      return raw.index(source, evidence)
          .<ImageIndex>map(index -> new WarnedIndex(index, List.of(start.get())))
          .orElseThrow(start::get);
    }
    for (ImageFormat format : containers) {
      try {
        Optional<ImageIndex> index = format.index(source, evidence);
        if (index.isPresent()) {
          return nearMisses.isEmpty() ? index.get() : new WarnedIndex(index.get(), nearMisses);
        }
      } catch (CorruptImageException | UnsupportedImageException e) {
        nearMisses.add(e);
      }
    }
    if (!nearMisses.isEmpty()) {
      IOException first = nearMisses.get(0);
      nearMisses.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
    return raw.index(source, evidence)
        .orElseThrow(
            () -> new UnsupportedImageException(source.name(), "of an unknown kind", ACCEPTED));
  }

  private static Optional<IOException> brokenStart(ByteSource source) throws IOException {
    try {
      ContainerBytes.readUpTo(source, 0, PhysicalMemory.PAGE_SIZE);
      return Optional.empty();
    } catch (CorruptImageException e) {
      return Optional.of(e);
    }
  }

  /** Where RAW is not possible. */
  private record Nothing() implements ImageFormat {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public Optional<ImageIndex> index(ByteSource file, Evidence evidence) {
      return Optional.empty();
    }
  }

  /** An index with what other formats said about the same file. */
  private record WarnedIndex(ImageIndex index, List<String> warnings) implements ImageIndex {
    private static final long serialVersionUID = 1L;

    WarnedIndex(ImageIndex index, Iterable<IOException> nearMisses) {
      this(index, joined(index, nearMisses));
    }

    private static List<String> joined(ImageIndex index, Iterable<IOException> nearMisses) {
      List<String> all = new ArrayList<>(index.warnings());
      nearMisses.forEach(miss -> all.add("Not read as another format: " + miss.getMessage()));
      return all;
    }

    @Override
    public String format() {
      return index.format();
    }

    @Override
    public String variant() {
      return index.variant();
    }

    @Override
    public List<String> files() {
      return index.files();
    }

    @Override
    public List<PageRun> runs() {
      return index.runs();
    }

    @Override
    public ImageHints hints() {
      return index.hints();
    }

    @Override
    public List<EmbeddedFile> embeddedFiles() {
      return index.embeddedFiles();
    }

    @Override
    public Optional<VirtualMemoryIndex> virtualMemory() {
      return index.virtualMemory();
    }

    @Override
    public Optional<ProcessDump> processDump() {
      return index.processDump();
    }

    @Override
    public PhysicalMemory open(Evidence evidence) throws IOException {
      return index.open(evidence);
    }
  }
}
