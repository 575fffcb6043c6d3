package io.memlake.jobs.extract;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.file.FileContent;
import io.memlake.engine.objects.file.FileObject;
import io.memlake.engine.objects.file.FileObjectReader;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.jobs.exit.FailedException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what memory holds of files. */
public final class FileExtraction {
  /** A file larger than this is mostly holes, and a damaged size would fill the disk. */
  private static final long MAX_BYTES = 64L << 30;

  private FileExtraction() {}

  /**
   * A file that was written.
   *
   * @param object address of its file object
   * @param file name of the written file
   * @param report what was written and what is missing
   */
  public record Extracted(long object, String file, FileContent.Report report) {}

  /**
   * Writes the files whose objects lie at some addresses, as {@code files} has them.
   *
   * @throws FailedException when an address holds no file object, or nothing of its content is told
   */
  public static List<Extracted> run(ExtractSource source, List<Long> objects, ExtractFolder folder)
      throws IOException {
    List<Extracted> written = new ArrayList<>();
    try (PagedOutMachine opened = source.open()) {
      Machine machine = opened.machine();
      FileObjectReader reader = FileObjectReader.of(machine);
      for (long object : objects) {
        String address = "0x" + Long.toHexString(object);
        FileObject file =
            reader
                .at(object)
                .orElseThrow(() -> new FailedException("No file object at " + address));
        if (file.size() < 0 || file.size() > MAX_BYTES) {
          throw new FailedException(
              "The file at "
                  + address
                  + " has no content in memory: neither the cache nor a"
                  + " section knows it");
        }
        String name = ExtractFolder.safe(name(machine, reader, object) + "-" + address);
        try (OutputStream out = folder.create(name)) {
          written.add(new Extracted(object, name, new FileContent(machine, file).write(out)));
        }
      }
    }
    return written;
  }

  private static String name(Machine machine, FileObjectReader reader, long object)
      throws IOException {
    Optional<byte[]> bytes = machine.kernelSpace().map(object, reader.size());
    String path = bytes.isEmpty() ? "" : reader.name(bytes.get()).orElse("file");
    return path.substring(path.lastIndexOf('\\') + 1);
  }
}
