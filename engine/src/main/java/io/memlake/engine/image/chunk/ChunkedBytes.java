package io.memlake.engine.image.chunk;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.extent.StoredBytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A stream stored in pieces, presented as its decoded bytes. */
public final class ChunkedBytes implements StoredBytes {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final ArrayList<String> files;
  private final ChunkTable table;

  private ChunkedBytes(String name, List<String> files, ChunkTable table) {
    this.name = name;
    this.files = new ArrayList<>(files);
    this.table = table;
  }

  @Override
  public List<String> files() {
    return List.copyOf(files);
  }

  @Override
  public long size() {
    return table.end();
  }

  /** How many pieces there are. */
  public int chunkCount() {
    return table.size();
  }

  /** The piece that holds a decoded byte. */
  public int findChunk(long position) {
    return table.find(position);
  }

  /** First decoded byte of a piece. */
  public long chunkStart(int chunk) {
    return table.start(chunk);
  }

  /** Decoded bytes of a piece. */
  public int chunkLength(int chunk) {
    return table.decodedLength(chunk);
  }

  /** How a piece is stored. */
  public Codec chunkCodec(int chunk) {
    return table.codec(chunk);
  }

  @Override
  public ByteSource open(Evidence evidence) throws IOException {
    List<ByteSource> opened = new ArrayList<>();
    ChunkReader reader = new ChunkReader(name, table, opened);
    boolean whole = false;
    try {
      for (String file : files) {
        opened.add(evidence.open(file));
      }
      whole = true;
    } finally {
      if (!whole) {
        reader.close();
      }
    }
    return reader;
  }

  /** Adds pieces in the order of the stream. */
  public static final class Builder {

    /** No container uses pieces larger than this; AVML blocks, the largest, have 16 MiB. */
    public static final int MAX_CHUNK = 64 << 20;

    private final String name;
    private final List<String> files = new ArrayList<>();
    private final ChunkTable table = new ChunkTable();

    /** {@code name} is what errors call the stream. */
    public Builder(String name) {
      this.name = name;
    }

    /** Adds a file that holds pieces and returns its number; a file is added once. */
    public int addFile(String file) {
      int known = files.indexOf(file);
      if (known >= 0) {
        return known;
      }
      files.add(file);
      return files.size() - 1;
    }

    /** Length of the stream so far. */
    public long size() {
      return table.end();
    }

    /**
     * Adds a piece.
     *
     * @param file number of the file
     * @param offset in the file
     * @param length stored
     * @param decodedLength how many bytes it must decode to, at least 1
     * @throws CorruptImageException when the piece is larger than any container makes them
     */
    public void add(int file, long offset, long length, Codec codec, long decodedLength)
        throws CorruptImageException {
      if (length < 0 || length > MAX_CHUNK || decodedLength <= 0 || decodedLength > MAX_CHUNK) {
        throw new CorruptImageException(
            files.isEmpty() ? name : files.get(file),
            offset,
            "a compressed piece of " + length + " bytes claims to hold " + decodedLength);
      }
      if (table.size() == ChunkTable.MAX_CHUNKS) {
        throw new CorruptImageException(
            files.get(file), offset, "more than " + ChunkTable.MAX_CHUNKS + " compressed pieces");
      }
      table.add(file, offset, (int) length, codec, (int) decodedLength);
    }

    /** The stream of all pieces. */
    public ChunkedBytes build() {
      table.trim();
      return new ChunkedBytes(name, files, table);
    }
  }
}
