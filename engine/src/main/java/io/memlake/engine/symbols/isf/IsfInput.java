package io.memlake.engine.symbols.isf;

import io.memlake.engine.symbols.CorruptSymbolsException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** The JSON inside a symbol file; the compression is told by the first bytes, not by the name. */
final class IsfInput {
  /** Kernel tables take about 7 MiB. */
  static final long MAX_JSON_BYTES = 128L << 20;

  /** What xz may use; its strongest preset needs 65 MiB. */
  static final int MAX_XZ_MEMORY_KIB = 128 << 10;

  private static final int BUFFER_BYTES = 1 << 16;

  private IsfInput() {}

  static InputStream json(String file, InputStream raw) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
    buffered.mark(4);
    int first = buffered.read();
    int second = buffered.read();
    int third = buffered.read();
    buffered.reset();
    if (first < 0) {
      throw new CorruptSymbolsException(file, "the file is empty");
    }
    InputStream json;
    if (first == 0xFD && second == '7' && third == 'z') {
      json = new XZInputStream(buffered, MAX_XZ_MEMORY_KIB);
    } else if (first == 0x1F && second == 0x8B) {
      json = new GZIPInputStream(buffered, BUFFER_BYTES);
    } else if (first == 'B' && second == 'Z' && third == 'h') {
      throw new CorruptSymbolsException(
          file, "it is compressed with bzip2; .json, .json.xz and .json.gz can be read");
    } else {
      json = buffered;
    }
    return new Bounded(file, json);
  }

  /** Stops what unpacks to more than a symbol file can be. */
  private static final class Bounded extends FilterInputStream {
    private final String file;
    private long left = MAX_JSON_BYTES;

    Bounded(String file, InputStream in) {
      super(in);
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      if (value >= 0) {
        count(1);
      }
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      if (read > 0) {
        count(read);
      }
      return read;
    }

    private void count(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new CorruptSymbolsException(
            file, "it unpacks to more than " + (MAX_JSON_BYTES >> 20) + " MiB");
      }
    }
  }
}
