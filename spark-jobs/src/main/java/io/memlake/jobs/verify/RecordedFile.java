package io.memlake.jobs.verify;

import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.evidence.FileHash;
import io.memlake.jobs.evidence.FilePiece;
import io.memlake.jobs.lake.LakeFiles;
import io.memlake.jobs.verify.Check.Verdict;
import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.fs.Path;

/**
 * A file, or a piece of one, and what was recorded of it. Small and serializable: it is checked
 * where there is a free core, here or on an executor.
 *
 * @param what {@code lake} or {@code evidence}
 * @param caseId the case
 * @param host the host
 * @param piece what is hashed
 * @param fileBytes length of the whole file
 * @param sha256 of the piece; empty when only the length was recorded
 * @param ifMissing what it means when the file is not there
 * @param ifUnhashed why there is no hash
 */
record RecordedFile(
    String what,
    String caseId,
    String host,
    FilePiece piece,
    long fileBytes,
    String sha256,
    String ifMissing,
    String ifUnhashed)
    implements Serializable {

  /** Reads it and compares; a file that cannot be read is missing. */
  Check check(HadoopEvidence bytes) {
    try {
      Path path = Locations.parse(piece.path());
      LakeFiles files = LakeFiles.of(path, bytes.configuration());
      if (!files.exists(path)) {
        return verdict(piece.path(), Verdict.MISSING, ifMissing);
      }
      long length = files.length(path);
      if (length != fileBytes) {
        String why = length + " bytes long, recorded were " + fileBytes;
        return verdict(piece.path(), Verdict.CHANGED, why);
      }
      if (sha256.isEmpty()) {
        return verdict(piece.path(), Verdict.NOT_RECORDED, ifUnhashed);
      }
      String now = FileHash.sha256(piece, bytes);
      return now.equals(sha256)
          ? Check.ok(what, caseId, host, name())
          : verdict(name(), Verdict.CHANGED, "SHA-256 is " + now + ", recorded was " + sha256);
    } catch (IOException e) {
      return verdict(name(), Verdict.MISSING, String.valueOf(e.getMessage()));
    }
  }

  private String name() {
    return piece.length() >= fileBytes
        ? piece.path()
        : piece.path()
            + " from "
            + Hex.address(piece.offset())
            + " to "
            + Hex.address(piece.offset() + piece.length());
  }

  private Check verdict(String name, Verdict verdict, String message) {
    return new Check(what, caseId, host, name, verdict, message);
  }
}
