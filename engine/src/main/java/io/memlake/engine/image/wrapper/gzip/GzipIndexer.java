package io.memlake.engine.image.wrapper.gzip;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.wrapper.restart.RestartPoints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Decodes a file once from its start to its end, checks its checksums and notes restart points.
 * What follows a place that cannot be decoded is lost, as nothing can be found behind it.
 */
final class GzipIndexer {
  private static final int WINDOW = DeflateStream.WINDOW;
  private static final int STEP = 1 << 20;

  /** 16 TiB, beyond any RAM; a file that claims more is a bomb. */
  private static final long MAX_CONTENT = 1L << 44;

  private final ByteSource file;
  private final List<String> warnings;
  private final GzipMembers members;
  private final RestartPoints<GzipPoint> points = new RestartPoints<>();
  private final byte[] buffer = new byte[WINDOW + STEP + DeflateStream.MAX_COPY];
  private final WindowUse use = new WindowUse();
  private final CRC32 crc = new CRC32();

  /** The point whose window is being watched, without that window; null when there is none. */
  private GzipPoint watched;

  /** Place in the buffer of the next decoded byte, and of the first byte of the member. */
  private int at = WINDOW;

  private int history = WINDOW;

  /** Decoded bytes so far, and those before the current member. */
  private long decoded;

  private long memberStart;

  GzipIndexer(ByteSource file, List<String> warnings) {
    this.file = file;
    this.warnings = warnings;
    this.members = new GzipMembers(file);
  }

  /**
   * Goes through the file.
   *
   * @throws CorruptImageException when not even its beginning can be decoded
   */
  GzipBytes index() throws IOException {
    long next = 0;
    try {
      while (next >= 0) {
        members.begin(next);
        next = member();
      }
    } catch (CorruptImageException e) {
      finishWatch();
      if (decoded == 0) {
        throw e;
      }
      warnings.add(
          e.getMessage() + "; what follows " + Hex.address(decoded) + " of the content is lost");
    }
    return new GzipBytes(file.name(), decoded, points);
  }

  /** Decodes a member; returns where the next begins, or -1. */
  private long member() throws IOException {
    history = at;
    memberStart = decoded;
    crc.reset();
    DeflateStream deflate = members.deflate();
    note(deflate);
    while (!deflate.ended()) {
      step(deflate);
    }
    finishWatch();
    checkTrailer();
    long next = members.afterTrailer();
    if (next >= file.size()) {
      return -1;
    }
    if (members.memberAt(next)) {
      return next;
    }
    warnings.add("What follows the gzip data at " + Hex.address(next) + " is not read");
    return -1;
  }

  private void step(DeflateStream deflate) throws IOException {
    if (at > WINDOW + STEP / 2) {
      slide();
    }
    long wanted = watched == null ? lastPoint() + points.span() : watched.position() + WINDOW;
    int limit = (int) Math.min(WINDOW + STEP, at + Math.max(1, wanted - decoded));
    try {
      deflate.decode(buffer, at, limit, history, watched == null ? null : use);
    } finally {
      // What was decoded before a bad place counts.
      int reached = deflate.reached();
      crc.update(buffer, at, reached - at);
      decoded += reached - at;
      at = reached;
    }
    if (decoded > MAX_CONTENT) {
      throw new CorruptImageException(file.name(), 0, "more content than any machine has RAM");
    }
    if (watched != null && (decoded >= watched.position() + WINDOW || deflate.ended())) {
      finishWatch();
    }
    if (watched == null && !deflate.ended() && decoded >= lastPoint() + points.span()) {
      note(deflate);
    }
  }

  private long lastPoint() {
    return points.size() == 0 ? 0 : points.get(points.size() - 1).position();
  }

  /** Begins a point where decoding stands. */
  private void note(DeflateStream deflate) throws CorruptImageException {
    boolean near = points.size() > 0 && decoded - lastPoint() < points.span();
    if (near) {
      return;
    }
    if (points.full()) {
      throw new CorruptImageException(file.name(), 0, "a gzip file too large for an index in RAM");
    }
    int reach = (int) Math.min(WINDOW, decoded - memberStart);
    watched = new GzipPoint(decoded, deflate.blockStart(), deflate.position(), reach, new byte[0]);
    use.begin(buffer, at, reach);
  }

  private void finishWatch() throws IOException {
    if (watched == null) {
      return;
    }
    points.add(
        new GzipPoint(
            watched.position(),
            watched.block(),
            watched.symbol(),
            watched.history(),
            compressed(use.needed())));
    watched = null;
  }

  private static byte[] compressed(byte[] window) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(window);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  private void slide() {
    int moved = at - WINDOW;
    System.arraycopy(buffer, moved, buffer, 0, WINDOW);
    use.moved(moved);
    at = WINDOW;
    history = Math.max(0, history - moved);
  }

  private void checkTrailer() throws IOException {
    byte[] trailer = ContainerBytes.readUpTo(file, members.trailer(), 8);
    if (trailer.length < 8) {
      warnings.add("The file ends inside the checksum of its gzip data");
    } else if (LittleEndian.u32(trailer, 0) != crc.getValue()
        || LittleEndian.u32(trailer, 4) != ((decoded - memberStart) & 0xFFFF_FFFFL)) {
      warnings.add(
          "The gzip data before "
              + Hex.address(members.trailer())
              + " does not match its checksum or length");
    }
  }
}
