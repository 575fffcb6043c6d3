package io.memlake.jobs.evidence;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.minidump.MinidumpFormat;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.OperatorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The hosts in a folder. One image, with or without page files, is one host named by the folder;
 * several images without page files are a host each. Dumps of single processes beside one image
 * belong to its host. Folders inside are looked at in the same way.
 */
final class FolderReader {
  /** Fleet, site, host: deeper trees are not evidence but somebody's disk. */
  private static final int MAX_DEPTH = 4;

  private final HadoopEvidence evidence;

  FolderReader(HadoopEvidence evidence) {
    this.evidence = evidence;
  }

  List<EvidenceSet> read(Path folder) throws IOException {
    return read(folder, MAX_DEPTH);
  }

  private List<EvidenceSet> read(Path folder, int depth) throws IOException {
    List<EvidenceSet> found = new ArrayList<>();
    Content content = new Content();
    FileStatus[] entries = folder.getFileSystem(evidence.configuration()).listStatus(folder);
    Arrays.sort(entries, Comparator.comparing(FileStatus::getPath));
    for (FileStatus entry : entries) {
      if (entry.isDirectory()) {
        if (depth > 1) {
          found.addAll(read(entry.getPath(), depth - 1));
        }
      } else {
        sort(entry.getPath(), content);
      }
    }
    if (content.images.isEmpty()) {
      // A state file without memory beside it may hold the memory itself.
      content.states.stream().filter(this::isContainer).forEach(content.images::add);
    }
    found.addAll(content.hosts(folder));
    return found;
  }

  private void sort(Path file, Content content) {
    String name = file.getName();
    String location = Locations.text(file);
    if (EvidenceName.isPageFile(name)) {
      content.pageFiles.add(location);
    } else if (EvidenceName.isSwapFile(name)) {
      content.swapFiles.add(location);
    } else if (EvidenceName.isState(name)) {
      content.states.add(location);
    } else if (!EvidenceName.isCompanion(name)
        && (EvidenceName.isImage(name)
            || (!EvidenceName.isWrapped(name) && isContainer(location)))) {
      (isMinidump(location) ? content.minidumps : content.images).add(location);
    }
  }

  /** Whether the file is a dump of one process, which may lie beside the image of its machine. */
  private boolean isMinidump(String file) {
    try (ByteSource source = evidence.open(file)) {
      return MinidumpFormat.isMinidump(source);
    } catch (IOException e) {
      // What cannot be read is told when the host is registered.
      return false;
    }
  }

  /** Whether the content says image, whatever the name; RAW has no mark that could tell. */
  private boolean isContainer(String file) {
    try {
      ImageIndex index = ImageFormats.standard().index(file, evidence);
      return !index.format().equals("raw");
    } catch (IOException e) {
      // Not an image: a note, a log, a checksum. A broken container is named when it is given.
      return false;
    }
  }

  /** What one folder holds itself. */
  private static final class Content {
    private final List<String> images = new ArrayList<>();
    private final List<String> minidumps = new ArrayList<>();
    private final List<String> states = new ArrayList<>();
    private final List<String> pageFiles = new ArrayList<>();
    private final List<String> swapFiles = new ArrayList<>();

    List<EvidenceSet> hosts(Path folder) {
      String place = Locations.text(folder);
      if (swapFiles.size() > 1) {
        throw new OperatorException("More than one swap file in " + place);
      }
      boolean paged = !pageFiles.isEmpty() || !swapFiles.isEmpty();
      if (images.size() == 1) {
        String swapFile = swapFiles.isEmpty() ? "" : swapFiles.get(0);
        EvidenceSet set = EvidenceSet.ofImage(folder.getName(), images.get(0));
        return List.of(set.with(pageFiles, swapFile).withMinidumps(minidumps));
      }
      // Of several machines nothing tells whose processes were dumped: each dump stands by itself.
      images.addAll(minidumps);
      if (!paged && images.size() == 1) {
        return List.of(EvidenceSet.ofImage(folder.getName(), images.get(0)));
      }
      if (paged) {
        throw new OperatorException(
            (images.isEmpty()
                    ? "Page files without an image in "
                    : "Page files of which image? in ")
                + place);
      }
      return images.stream()
          .map(image -> EvidenceSet.ofImage(EvidenceName.stem(new Path(image).getName()), image))
          .toList();
    }
  }
}
