package io.memlake.jobs.task;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.objects.pagedout.PageFileRequest;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.evidence.EvidenceSet;
import io.memlake.jobs.evidence.Fingerprint;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Tells the files of a host apart before anything else is done with them. */
public final class RegisterTask {
  private RegisterTask() {}

  /** Looks at every file of {@code set}; a file that cannot be read is told in the result. */
  public static Registered run(EvidenceSet set, HadoopEvidence evidence) {
    List<FileFacts> files = new ArrayList<>();
    try {
      files.add(facts(set.image(), "memory", evidence));
      for (PageFileRequest pageFile : set.pageFileRequests()) {
        boolean swapFile = pageFile.path().equals(set.swapFile());
        files.add(facts(pageFile.path(), swapFile ? "swapfile" : "pagefile", evidence));
      }
      for (String minidump : set.minidumps()) {
        files.add(facts(minidump, "minidump", evidence));
      }
      return new Registered(set, new ArrayList<>(files), "");
    } catch (IOException e) {
      return new Registered(set, new ArrayList<>(files), String.valueOf(e.getMessage()));
    }
  }

  /** Facts about one file; also used for further segments of an image. */
  public static FileFacts facts(String file, String role, HadoopEvidence evidence)
      throws IOException {
    try (ByteSource source = evidence.open(file)) {
      String imageId = Fingerprint.imageId(source);
      Path path = Locations.parse(file);
      long modified =
          path.getFileSystem(evidence.configuration()).getFileStatus(path).getModificationTime();
      return new FileFacts(Locations.text(path), role, imageId, source.size(), modified);
    }
  }

  /**
   * One file.
   *
   * @param path where it is
   * @param role as {@code evidence.role} has it
   * @param imageId its fingerprint
   * @param size bytes
   * @param modifiedMillis when it was last changed, 0 when the file system does not tell
   */
  public record FileFacts(String path, String role, String imageId, long size, long modifiedMillis)
      implements Serializable {}

  /**
   * The files of a host.
   *
   * @param set what was given
   * @param files facts, the memory image first
   * @param error why they cannot be read; empty when they can
   */
  public record Registered(EvidenceSet set, ArrayList<FileFacts> files, String error)
      implements Serializable {

    /** Identity of the memory image; empty when it cannot be read. */
    public String imageId() {
      return files.isEmpty() ? "" : files.get(0).imageId();
    }
  }
}
