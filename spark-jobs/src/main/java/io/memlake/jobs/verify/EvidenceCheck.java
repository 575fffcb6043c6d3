package io.memlake.jobs.verify;

import io.memlake.jobs.evidence.FilePiece;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
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

  EvidenceCheck(Lake lake, Configuration configuration) {
    this.lake = lake;
    this.configuration = configuration;
  }

  /** The files and pieces with hashes, and verdicts on those whose record contradicts itself. */
  List<RecordedFile> files(List<Check> contradictions) throws IOException {
    List<RecordedFile> files = new ArrayList<>();
    for (HostManifest host : lake.recordedHosts()) {
      Path folder = lake.layout().hostPartition(EVIDENCE, host.caseId(), host.host());
      for (var part : host.tables().getOrDefault(EVIDENCE, List.of())) {
        for (Recorded file : read(new Path(folder, part.path()))) {
          if (file.pieces().isEmpty()) {
            FilePiece whole = new FilePiece(file.path(), 0, file.size());
            files.add(recorded(host, file, whole, file.sha256()));
          } else {
            addPieces(host, file, files, contradictions);
          }
        }
      }
    }
    return files;
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

  private static void addPieces(
      HostManifest host, Recorded file, List<RecordedFile> files, List<Check> contradictions) {
    List<FilePiece> pieces =
        file.pieceBytes() <= 0
            ? List.of()
            : FilePiece.of(file.path(), file.size(), file.pieceBytes());
    if (pieces.size() != file.pieces().size()) {
      String why = file.pieces().size() + " hashes are recorded for " + pieces.size() + " pieces";
      contradictions.add(
          new Check(EVIDENCE, host.caseId(), host.host(), file.path(), Verdict.CHANGED, why));
      return;
    }
    for (int i = 0; i < pieces.size(); i++) {
      files.add(recorded(host, file, pieces.get(i), file.pieces().get(i)));
    }
  }

  private static RecordedFile recorded(
      HostManifest host, Recorded file, FilePiece piece, String sha256) {
    return new RecordedFile(
        EVIDENCE,
        host.caseId(),
        host.host(),
        piece,
        file.size(),
        sha256,
        "not where it was analyzed",
        "it was analyzed without hashing; its length is right");
  }

  private record Recorded(
      String path, long size, String sha256, long pieceBytes, List<String> pieces) {}
}
