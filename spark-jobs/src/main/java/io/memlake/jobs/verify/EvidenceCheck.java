package io.memlake.jobs.verify;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.evidence.FileHash;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeFiles;
import io.memlake.jobs.verify.Check.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Compares evidence files with the rows of the table {@code evidence}. */
final class EvidenceCheck {
  private static final String EVIDENCE = "evidence";

  private final Lake lake;
  private final Configuration configuration;
  private final HadoopEvidence bytes;

  EvidenceCheck(Lake lake, Configuration configuration) throws IOException {
    this.lake = lake;
    this.configuration = configuration;
    this.bytes = new HadoopEvidence(configuration);
  }

  List<CheckTask> tasks() throws IOException {
    List<CheckTask> tasks = new ArrayList<>();
    for (HostManifest host : lake.hosts()) {
      Path folder = lake.layout().hostPartition(EVIDENCE, host.caseId(), host.host());
      for (var part : host.tables().getOrDefault(EVIDENCE, List.of())) {
        for (Recorded file : read(new Path(folder, part.path()))) {
          tasks.add(() -> List.of(check(host, file)));
        }
      }
    }
    return tasks;
  }

  private List<Recorded> read(Path path) throws IOException {
    List<Recorded> rows = new ArrayList<>();
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(HadoopInputFile.fromPath(path, configuration))
            .build()) {
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        rows.add(new Recorded(text(row, "path"), (Long) row.get("size"), text(row, "sha256")));
      }
    } catch (IOException | RuntimeException e) {
      // The check of the lake's own files tells of it.
      return List.of();
    }
    return rows;
  }

  private static String text(GenericRecord row, String column) {
    return row.get(column) == null ? "" : row.get(column).toString();
  }

  private Check check(HostManifest host, Recorded file) {
    Verdict verdict = Verdict.OK;
    String message = "";
    try {
      Path path = Locations.parse(file.path());
      LakeFiles files = LakeFiles.of(path, configuration);
      if (!files.exists(path)) {
        verdict = Verdict.MISSING;
        message = "not where it was analyzed";
      } else if (files.length(path) != file.size()) {
        verdict = Verdict.CHANGED;
        message = files.length(path) + " bytes long, recorded were " + file.size();
      } else if (file.sha256().isEmpty()) {
        verdict = Verdict.NOT_RECORDED;
        message = "it was analyzed without hashing; its length is right";
      } else {
        String now = FileHash.sha256(file.path(), bytes);
        if (!now.equals(file.sha256())) {
          verdict = Verdict.CHANGED;
          message = "SHA-256 is " + now + ", recorded was " + file.sha256();
        }
      }
    } catch (IOException e) {
      verdict = Verdict.MISSING;
      message = String.valueOf(e.getMessage());
    }
    return new Check(EVIDENCE, host.caseId(), host.host(), file.path(), verdict, message);
  }

  private record Recorded(String path, long size, String sha256) {}
}
