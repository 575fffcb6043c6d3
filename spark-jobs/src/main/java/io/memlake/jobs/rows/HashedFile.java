package io.memlake.jobs.rows;

import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.evidence.Fingerprint;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Locale;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A Parquet file whose SHA-256 is made while it is written, so that nothing is read again. */
final class HashedFile implements OutputFile {
  private final OutputFile file;
  private final MessageDigest digest = Fingerprint.sha256();

  HashedFile(OutputFile file) {
    this.file = file;
  }

  /** The hash of everything written; to be asked once, after closing. */
  String sha256() {
    return Hex.bytes(digest.digest()).toLowerCase(Locale.ROOT);
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return new HashedStream(file.create(blockSizeHint), digest);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return new HashedStream(file.createOrOverwrite(blockSizeHint), digest);
  }

  @Override
  public boolean supportsBlockSize() {
    return file.supportsBlockSize();
  }

  @Override
  public long defaultBlockSize() {
    return file.defaultBlockSize();
  }

  @Override
  public String getPath() {
    return file.getPath();
  }

  private static final class HashedStream extends PositionOutputStream {
    private final PositionOutputStream out;
    private final MessageDigest digest;

    HashedStream(PositionOutputStream out, MessageDigest digest) {
      this.out = out;
      this.digest = digest;
    }

    @Override
    public long getPos() throws IOException {
      return out.getPos();
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      digest.update((byte) value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      digest.update(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
