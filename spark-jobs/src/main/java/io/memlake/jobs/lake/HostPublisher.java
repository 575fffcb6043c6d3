package io.memlake.jobs.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * Makes a host's staged files its results, all tables together.
 *
 * <p>Order: the plan is written; each table's new folder is completed inside staging; each live
 * folder is moved away and the new one moved in; the marker is written; what was replaced is
 * deleted. Every step can be repeated after a crash, so a second pass over the plan ends where the
 * first would have ended.
 *
 * <p>A store without folders has nothing that could be moved at once: there new files are put
 * beside the old ones, the marker says which of them count, and the old ones are deleted. Readers
 * that go by markers see either; those that read whatever lies there may see both for a moment.
 */
final class HostPublisher {
  private final LakeLayout layout;
  private final LakeFiles files;

  HostPublisher(LakeLayout layout, LakeFiles files) {
    this.layout = layout;
    this.files = files;
  }

  /**
   * Publishes {@code staged}, whose files are complete.
   *
   * @param manifest what the marker will say; its tables and version are filled in here
   * @param before the version that is replaced, or null
   */
  HostManifest publish(
      HostManifest manifest, Map<String, List<DataFile>> staged, HostManifest before)
      throws IOException {
    Map<String, List<DataFile>> tables = new TreeMap<>();
    Map<String, List<String>> sources = new TreeMap<>();
    staged.forEach(
        (table, parts) -> {
          List<DataFile> named = new ArrayList<>();
          List<String> from = new ArrayList<>();
          for (DataFile part : parts) {
            String name = String.format("part-%05d-%s.parquet", named.size(), manifest.runId());
            named.add(part.named(name));
            from.add(part.path());
          }
          tables.put(table, List.copyOf(named));
          sources.put(table, List.copyOf(from));
        });
    HostManifest next =
        new HostManifest(
            before == null ? 1 : before.version() + 1,
            manifest.caseId(),
            manifest.host(),
            manifest.runId(),
            manifest.imageId(),
            manifest.imageSha256(),
            manifest.status(),
            manifest.message(),
            manifest.parameters(),
            manifest.publishedAt(),
            tables);
    List<String> replaced = before == null ? List.of() : List.copyOf(before.tables().keySet());
    HostPublication publication = new HostPublication(next, sources, replaced);
    Path staging = layout.staging(next.runId(), next.caseId(), next.host());
    files.writeJson(new Path(staging, HostPublication.FILE), publication);
    carryOut(publication);
    return next;
  }

  /** Does, or finishes, what the plan says. */
  void carryOut(HostPublication publication) throws IOException {
    HostManifest manifest = publication.manifest();
    Path staging = layout.staging(manifest.runId(), manifest.caseId(), manifest.host());
    Path trash = layout.trash(manifest.runId(), manifest.caseId(), manifest.host());
    TreeSet<String> tables = new TreeSet<>(manifest.tables().keySet());
    tables.addAll(publication.replaced());
    if (files.renamesFolders()) {
      for (String table : tables) {
        if (!isLive(manifest, table)) {
          gather(publication, table, staging);
        }
      }
      for (String table : tables) {
        swap(manifest, table, staging, trash);
      }
    } else {
      for (String table : manifest.tables().keySet()) {
        place(publication, table);
      }
    }
    Path commits = layout.commits(manifest.caseId(), manifest.host());
    Path marker = new Path(commits, markerName(manifest));
    files.writeJson(marker, manifest);
    for (Path older : files.list(commits)) {
      if (older.getName().compareTo(marker.getName()) < 0) {
        files.delete(older);
      }
    }
    if (!files.renamesFolders()) {
      for (String table : tables) {
        dropOthers(manifest, table);
      }
    }
    files.delete(trash);
    files.delete(staging);
  }

  /** Puts the files of a table beside those that they replace: each appears at once. */
  private void place(HostPublication publication, String table) throws IOException {
    HostManifest manifest = publication.manifest();
    Path live = layout.hostPartition(table, manifest.caseId(), manifest.host());
    List<DataFile> parts = manifest.tables().get(table);
    for (int i = 0; i < parts.size(); i++) {
      Path target = new Path(live, parts.get(i).path());
      if (!files.exists(target)) {
        files.move(new Path(publication.sources().get(table).get(i)), target);
      }
    }
  }

  /** Deletes what the marker no longer names. */
  private void dropOthers(HostManifest manifest, String table) throws IOException {
    Path live = layout.hostPartition(table, manifest.caseId(), manifest.host());
    Set<String> named =
        manifest.tables().getOrDefault(table, List.of()).stream()
            .map(DataFile::path)
            .collect(Collectors.toSet());
    for (Path file : files.list(live)) {
      if (!named.contains(file.getName())) {
        files.delete(file);
      }
    }
  }

  /** Sorts by version, so that the last name is the current one. */
  static String markerName(HostManifest manifest) {
    return String.format("v%08d-%s.json", manifest.version(), manifest.runId());
  }

  private void gather(HostPublication publication, String table, Path staging) throws IOException {
    List<DataFile> parts = publication.manifest().tables().getOrDefault(table, List.of());
    List<String> sources = publication.sources().getOrDefault(table, List.of());
    for (int i = 0; i < parts.size(); i++) {
      Path target = new Path(new Path(staging, "ready/" + table), parts.get(i).path());
      if (!files.exists(target)) {
        files.move(new Path(sources.get(i)), target);
      }
    }
  }

  private void swap(HostManifest manifest, String table, Path staging, Path trash)
      throws IOException {
    if (isLive(manifest, table)) {
      return;
    }
    Path live = layout.hostPartition(table, manifest.caseId(), manifest.host());
    Path away = new Path(trash, table);
    if (files.exists(live)) {
      files.delete(away);
      files.move(live, away);
    }
    if (manifest.tables().containsKey(table)) {
      files.move(new Path(staging, "ready/" + table), live);
    }
  }

  /** Whether the partition already holds this publication's files. */
  private boolean isLive(HostManifest manifest, String table) throws IOException {
    List<DataFile> parts = manifest.tables().get(table);
    if (parts == null || parts.isEmpty()) {
      return false;
    }
    Path live = layout.hostPartition(table, manifest.caseId(), manifest.host());
    return files.exists(new Path(live, parts.get(0).path()));
  }
}
