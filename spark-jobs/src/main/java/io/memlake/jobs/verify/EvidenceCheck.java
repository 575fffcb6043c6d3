package io.memlake.jobs.verify;

import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.evidence.FileHash;
import io.memlake.jobs.evidence.FilePiece;
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
          if (file.pieces().isEmpty()) {
            tasks.add(() -> List.of(check(host, file)));
          } else {
            addPieces(host, file, tasks);
          }
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
        rows.add(
            new Recorded(
                text(row, "path"),
                (Long) row.get("size"),
                text(row, "sha256"),
                column(row, "piece_bytes") instanceof Long bytes ? bytes : 0,
                texts(row, "piece_sha256")));
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

  /** Older lakes lack newer columns. */
  private static Object column(GenericRecord row, String column) {
    return row.hasField(column) ? row.get(column) : null;
  }

  private static List<String> texts(GenericRecord row, String column) {
    return column(row, column) instanceof List<?> list
        ? list.stream().map(EvidenceCheck::element).toList()
        : List.of();
  }

  /** Parquet's lists are records of one field, unless they are read as what they were. */
  private static String element(Object entry) {
    return String.valueOf(entry instanceof GenericRecord wrapped ? wrapped.get(0) : entry);
  }

  /** Pieces are checked by as many threads as there are. */
  private void addPieces(HostManifest host, Recorded file, List<CheckTask> tasks) {
    List<FilePiece> pieces =
        file.pieceBytes() <= 0
            ? List.of()
            : FilePiece.of(file.path(), file.size(), file.pieceBytes());
    if (pieces.size() != file.pieces().size()) {
      String why = file.pieces().size() + " hashes are recorded for " + pieces.size() + " pieces";
      tasks.add(() -> List.of(verdict(host, file.path(), Verdict.CHANGED, why)));
      return;
    }
    Recorded whole = new Recorded(file.path(), file.size(), "", 0, List.of());
    for (int i = 0; i < pieces.size(); i++) {
      FilePiece piece = pieces.get(i);
      String recorded = file.pieces().get(i);
      tasks.add(() -> List.of(check(host, whole, piece, recorded)));
    }
  }

  private Check check(HostManifest host, Recorded whole, FilePiece piece, String recorded) {
    Check lengthOnly = check(host, whole);
    if (lengthOnly.verdict() != Verdict.NOT_RECORDED) {
      return lengthOnly;
    }
    String name =
        piece.path()
            + " from "
            + Hex.address(piece.offset())
            + " to "
            + Hex.address(piece.offset() + piece.length());
    try {
      String now = FileHash.sha256(piece, bytes);
      return now.equals(recorded)
          ? Check.ok(EVIDENCE, host.caseId(), host.host(), name)
          : verdict(
              host, name, Verdict.CHANGED, "SHA-256 is " + now + ", recorded was " + recorded);
    } catch (IOException e) {
      return verdict(host, name, Verdict.MISSING, String.valueOf(e.getMessage()));
    }
  }

  private static Check verdict(HostManifest host, String name, Verdict verdict, String message) {
    return new Check(EVIDENCE, host.caseId(), host.host(), name, verdict, message);
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
    return verdict(host, file.path(), verdict, message);
  }

  private record Recorded(
      String path, long size, String sha256, long pieceBytes, List<String> pieces) {}
}
