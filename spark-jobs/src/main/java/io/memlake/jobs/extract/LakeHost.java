package io.memlake.jobs.extract;

import io.memlake.engine.image.EmbeddedEvidence;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.evidence.EvidenceSet;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.rows.RowReader;
import io.memlake.schemas.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A host as the lake has it: its rows, and the files that they were made from. */
public final class LakeHost {
  private final Lake lake;
  private final HostManifest manifest;
  private final Configuration configuration;
  private final List<GivenFile> files = new ArrayList<>();

  /**
   * A file of evidence as it was recorded.
   *
   * @param path where it was
   * @param role {@code memory}, {@code pagefile}, {@code swapfile} or {@code segment}
   * @param imageId fingerprint that it had
   * @param sha256 hash that it had, null when it was not hashed
   * @param number number as a page file, null for none
   */
  public record GivenFile(
      String path, String role, String imageId, String sha256, Integer number) {}

  private LakeHost(Lake lake, HostManifest manifest, Configuration configuration) {
    this.lake = lake;
    this.manifest = manifest;
    this.configuration = configuration;
  }

  /**
   * Finds a host.
   *
   * @param caseId the case; empty when the name is enough
   * @throws OperatorException when no host has the name, or hosts of several cases have it
   */
  public static LakeHost find(Lake lake, String caseId, String host, Configuration configuration)
      throws IOException {
    List<HostManifest> named =
        lake.hosts().stream()
            .filter(one -> one.host().equalsIgnoreCase(host))
            .filter(one -> caseId.isEmpty() || one.caseId().equals(caseId))
            .toList();
    if (named.isEmpty()) {
      throw new OperatorException(
          "No host " + host + " in the lake; there are: " + hostNames(lake.hosts()));
    }
    if (named.size() > 1) {
      throw new OperatorException(
          "Host "
              + host
              + " is in several cases; say --case: "
              + String.join(", ", named.stream().map(HostManifest::caseId).toList()));
    }
    LakeHost found = new LakeHost(lake, named.get(0), configuration);
    found.rows("evidence", found::addFile);
    if (found.files.isEmpty()) {
      throw new OperatorException(
          "The lake does not say where the evidence of " + host + " is: it was never opened");
    }
    return found;
  }

  /** All hosts of the same case whose evidence was recorded, this one among them. */
  public List<LakeHost> fleet() throws IOException {
    List<LakeHost> hosts = new ArrayList<>();
    for (HostManifest one : lake.hosts()) {
      if (one.caseId().equals(manifest.caseId())) {
        LakeHost host = new LakeHost(lake, one, configuration);
        host.rows("evidence", host::addFile);
        hosts.add(host);
      }
    }
    return hosts;
  }

  private static String hostNames(List<HostManifest> hosts) {
    return hosts.isEmpty()
        ? "none"
        : String.join(", ", hosts.stream().map(HostManifest::host).distinct().limit(20).toList());
  }

  private void addFile(GenericRecord row) {
    Object number = row.get("pagefile_number");
    files.add(
        new GivenFile(
            text(row, "path"),
            text(row, "role"),
            text(row, "image_id"),
            row.get("sha256") == null ? null : text(row, "sha256"),
            number == null ? null : (Integer) number));
  }

  private static String text(GenericRecord row, String column) {
    return String.valueOf(row.get(column));
  }

  /** Shows the host's rows of a table. */
  public void rows(String table, Consumer<GenericRecord> consumer) throws IOException {
    for (String file : lake.tableFiles(table, manifest)) {
      RowReader.forEach(new Path(file), Tables.byName(table), configuration, consumer);
    }
  }

  /** The name of the host as the lake spells it. */
  public String name() {
    return manifest.host();
  }

  /** The marker of its results. */
  public HostManifest manifest() {
    return manifest;
  }

  /** The recorded files. */
  public List<GivenFile> files() {
    return List.copyOf(files);
  }

  /** The recorded fingerprint of a file; empty for one that was not recorded. */
  public Optional<String> fingerprint(String path) {
    return files.stream()
        .filter(file -> file.path().equals(path))
        .map(GivenFile::imageId)
        .findFirst();
  }

  /**
   * The evidence set that was analyzed.
   *
   * @param pageFiles whether page files and the swap file belong to it
   */
  EvidenceSet evidence(boolean pageFiles) {
    String image = "";
    String swapFile = "";
    List<String> paged = new ArrayList<>();
    for (GivenFile file : files) {
      // What is inside a container has no file of its own and is found again inside it.
      switch (file.role()) {
        case "memory" -> image = file.path();
        case "swapfile" -> swapFile = file.path();
        case "pagefile" -> {
          if (!EmbeddedEvidence.isInside(file.path())) {
            paged.add(
                (file.number() == null ? "" : "pagefile" + file.number() + "=") + file.path());
          }
        }
        default -> {
          // Segments are found beside the image by its format.
        }
      }
    }
    EvidenceSet set = EvidenceSet.ofImage(name(), image);
    return pageFiles ? set.with(paged, swapFile) : set;
  }

  /** The symbols that were used beside those inside the program. */
  SymbolSettings symbols() {
    Map<String, String> parameters = manifest.parameters();
    String folders = parameters.getOrDefault("symbols", "");
    List<String> list = folders.isEmpty() ? List.of() : List.of(folders.split("\\|", -1));
    return new SymbolSettings(list, parameters.getOrDefault("isf", ""));
  }
}
