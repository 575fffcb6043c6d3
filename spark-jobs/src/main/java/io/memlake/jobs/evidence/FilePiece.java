package io.memlake.jobs.evidence;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of an evidence file that is hashed by itself.
 *
 * @param path the file
 * @param offset where it begins
 * @param length its bytes
 */
public record FilePiece(String path, long offset, long length) implements Serializable {
  /**
   * Bytes of a piece: about the work of a chunk, and a list of hashes that a row can hold. Lakes
   * record it, so it may change.
   */
  public static final long BYTES = 256L << 20;

  /** The pieces of a file; an empty file has one, which is empty. */
  public static List<FilePiece> of(String path, long size, long pieceBytes) {
    List<FilePiece> pieces = new ArrayList<>();
    for (long offset = 0; offset == 0 || offset < size; offset += pieceBytes) {
      pieces.add(new FilePiece(path, offset, Math.min(pieceBytes, size - offset)));
    }
    return pieces;
  }
}
