package io.memlake.jobs.extract;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.file.FileContent;
import io.memlake.engine.objects.file.FileHole;
import io.memlake.engine.objects.file.FileObject;
import io.memlake.engine.objects.file.FileObjectReader;
import io.memlake.engine.objects.file.ImageContent;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.jobs.exit.FailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what memory holds of files: as data (views of the cache manager and data section), and as
 * a program (image section), each as a file of its own with a report beside it.
 */
public final class FileExtraction {
  /** A file larger than this is mostly holes, and a damaged size would fill the disk. */
  private static final long MAX_BYTES = 64L << 30;

  private final PagedOutMachine opened;
  private final ExtractFolder folder;
  private final Map<String, Object> provenance;
  private final List<Extracted> written = new ArrayList<>();

  private FileExtraction(
      PagedOutMachine opened, ExtractFolder folder, Map<String, Object> provenance) {
    this.opened = opened;
    this.folder = folder;
    this.provenance = provenance;
  }

  /**
   * A file that was written; its report has the same name with {@code .json}.
   *
   * @param object address of its file object
   * @param file name of the written file
   * @param bytes its size
   * @param pages where its pages were had, in words
   * @param holes what memory does not hold; zeros in the file
   * @param notes what is uncertain, in words
   */
  public record Extracted(
      long object,
      String file,
      long bytes,
      String pages,
      List<FileHole> holes,
      List<String> notes) {
    /** Whether every byte was there. */
    public boolean isComplete() {
      return holes.isEmpty() && notes.isEmpty();
    }
  }

  /**
   * Writes the files whose objects lie at some addresses, as {@code files} has them.
   *
   * @throws FailedException when an address holds no file object, or nothing of its content is told
   */
  public static List<Extracted> run(
      ExtractSource source, List<Long> objects, ExtractFolder folder, String toolVersion)
      throws IOException {
    try (PagedOutMachine opened = source.open()) {
      FileExtraction extraction =
          new FileExtraction(opened, folder, Provenance.of(source, toolVersion));
      FileObjectReader reader = FileObjectReader.of(opened.machine());
      for (long object : objects) {
        extraction.write(reader, object);
      }
      return extraction.written;
    }
  }

  private void write(FileObjectReader reader, long object) throws IOException {
    String address = Hex.address(object);
    FileObject file =
        reader.at(object).orElseThrow(() -> new FailedException("No file object at " + address));
    boolean data = file.sharedCacheMap() != 0 || file.dataSection() != 0;
    if (file.imageSection() == 0 && (!data || file.size() < 0)) {
      throw new FailedException(
          "The file at " + address + " has no content in memory: no cache, data or image section");
    }
    if (data && file.size() > MAX_BYTES) {
      throw new FailedException(
          "The file at " + address + " has " + file.size() + " bytes, too many to be written");
    }
    String path = name(opened.machine(), reader, object);
    String name = path.substring(path.lastIndexOf('\\') + 1) + "-" + address;
    if (data && file.size() >= 0) {
      data(object, file, path, ExtractFolder.safe(name));
    }
    if (file.imageSection() != 0) {
      image(object, file, path, ExtractFolder.safe(name + ".image"));
    }
  }

  private void data(long object, FileObject file, String path, String name) throws IOException {
    FileContent.Report report;
    try (OutputStream out = folder.create(name)) {
      report = FileContent.of(opened, file).write(out);
    }
    List<String> notes =
        report.unlisted() == 0
            ? List.of()
            : List.of(report.unlisted() + " bytes of further holes are not listed");
    Map<String, Object> told = told(object, path, "data", file.dataSection());
    told.put("shared_cache_map", Hex.address(file.sharedCacheMap()));
    told.put("pages_from_cache", report.cached());
    told.put("pages_from_section", report.section());
    told.put("pages_missing", report.missing());
    String pages =
        "pages from the cache "
            + report.cached()
            + ", from the section "
            + report.section()
            + ", missing "
            + report.missing();
    finish(told, new Extracted(object, name, report.bytes(), pages, report.holes(), notes));
  }

  private void image(long object, FileObject file, String path, String name) throws IOException {
    ImageContent.Report report;
    try (OutputStream out = folder.create(name)) {
      report = ImageContent.of(opened, file).write(out);
    }
    Map<String, Object> told = told(object, path, "image", file.imageSection());
    told.put("sections", report.sections());
    told.put("pages_from_section", report.present());
    told.put("pages_missing", report.missing());
    List<String> notes = new ArrayList<>(report.notes());
    if (report.sections() == 0) {
      notes.add("The image section has no part of the file");
    }
    String pages =
        "pages of the image section " + report.present() + ", missing " + report.missing();
    finish(told, new Extracted(object, name, report.bytes(), pages, report.holes(), notes));
  }

  private Map<String, Object> told(long object, String path, String section, long controlArea) {
    Map<String, Object> told = new LinkedHashMap<>(provenance);
    told.put("object", Hex.address(object));
    told.put("path", path);
    told.put("section", section);
    told.put("control_area", Hex.address(controlArea));
    return told;
  }

  private void finish(Map<String, Object> told, Extracted file) throws IOException {
    told.put("bytes", file.bytes());
    told.put("complete", file.isComplete());
    told.put("holes", holes(file.holes()));
    told.put("notes", file.notes());
    folder.report(file.file() + ".json", told);
    written.add(file);
  }

  private static List<Map<String, Object>> holes(List<FileHole> holes) {
    List<Map<String, Object>> told = new ArrayList<>();
    for (FileHole hole : holes) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("file_offset", hole.offset());
      entry.put("size", hole.size());
      entry.put("reason", hole.absence().name().toLowerCase(Locale.ROOT));
      told.add(entry);
    }
    return told;
  }

  private static String name(Machine machine, FileObjectReader reader, long object)
      throws IOException {
    Optional<byte[]> bytes = machine.kernelSpace().map(object, reader.size());
    return bytes.isEmpty() ? "file" : reader.name(bytes.get()).orElse("file");
  }
}
