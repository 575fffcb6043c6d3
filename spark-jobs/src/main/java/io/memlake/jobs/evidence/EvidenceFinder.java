package io.memlake.jobs.evidence;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.exit.OperatorException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the hosts in what the user named. */
public final class EvidenceFinder {
  private final HadoopEvidence evidence;
  private final FolderReader folders;

  /** Looks through {@code evidence}. */
  public EvidenceFinder(HadoopEvidence evidence) {
    this.evidence = evidence;
    this.folders = new FolderReader(evidence);
  }

  /**
   * The hosts in files, folders, patterns and manifests, sorted by name.
   *
   * @throws OperatorException when a name leads to nothing, a manifest is wrong, or two hosts have
   *     one name; the message names both
   * @throws IOException when a folder cannot be listed
   */
  public List<EvidenceSet> find(List<String> arguments) throws IOException {
    List<EvidenceSet> found = new ArrayList<>();
    for (String argument : arguments) {
      List<EvidenceSet> sets = expand(argument);
      if (sets.isEmpty()) {
        throw new OperatorException("No memory image in " + argument);
      }
      found.addAll(sets);
    }
    return distinct(found);
  }

  private List<EvidenceSet> expand(String argument) throws IOException {
    Path path = Locations.parse(argument);
    FileSystem files = fileSystem(path);
    try {
      return ofPath(files.getFileStatus(path));
    } catch (FileNotFoundException e) {
      List<EvidenceSet> sets = new ArrayList<>();
      for (FileStatus status : matches(argument)) {
        if (!isPartOfOther(status)) {
          sets.addAll(ofPath(status));
        }
      }
      return sets;
    }
  }

  private FileStatus[] matches(String pattern) throws IOException {
    FileStatus[] matches = null;
    if (pattern.matches(".*[*?\\[{].*")) {
      Path path = Locations.parsePattern(pattern);
      matches = fileSystem(path).globStatus(path);
    }
    if (matches == null || matches.length == 0) {
      throw new OperatorException("No such evidence: " + pattern);
    }
    Arrays.sort(matches, Comparator.comparing(FileStatus::getPath));
    return matches;
  }

  /** Page files and further segments that a pattern such as {@code WS01/*} matches as well. */
  private static boolean isPartOfOther(FileStatus status) {
    String name = status.getPath().getName();
    return status.isFile()
        && (EvidenceName.isPageFile(name)
            || EvidenceName.isSwapFile(name)
            || EvidenceName.isCompanion(name));
  }

  private List<EvidenceSet> ofPath(FileStatus status) throws IOException {
    Path path = status.getPath();
    String name = path.getName();
    if (status.isDirectory()) {
      return folders.read(path);
    }
    if (EvidenceName.isManifest(name)) {
      return Manifest.read(path, evidence);
    }
    if (EvidenceName.isPageFile(name) || EvidenceName.isSwapFile(name)) {
      throw new OperatorException(
          Locations.text(path)
              + " is a page file without its image; give the image, and the page file with"
              + " --pagefile or --swapfile");
    }
    return List.of(EvidenceSet.ofImage(EvidenceName.stem(name), Locations.text(path)));
  }

  private FileSystem fileSystem(Path path) throws IOException {
    try {
      return path.getFileSystem(evidence.configuration());
    } catch (org.apache.hadoop.fs.UnsupportedFileSystemException e) {
      throw new OperatorException("No file system for " + path + ": " + e.getMessage(), e);
    }
  }

  private static List<EvidenceSet> distinct(List<EvidenceSet> found) {
    Map<String, EvidenceSet> byName = new LinkedHashMap<>();
    for (EvidenceSet set : found) {
      // Windows names hosts without regard to case, and so do some file systems of lakes.
      EvidenceSet other = byName.putIfAbsent(set.host().toLowerCase(Locale.ROOT), set);
      if (other != null && !other.image().equals(set.image())) {
        throw new OperatorException(
            "Two hosts are named "
                + set.host()
                + ": "
                + other.image()
                + " and "
                + set.image()
                + "; name them in a manifest");
      }
    }
    return byName.values().stream().sorted(Comparator.comparing(EvidenceSet::host)).toList();
  }
}
