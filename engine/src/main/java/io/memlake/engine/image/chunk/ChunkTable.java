package io.memlake.engine.image.chunk;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Where each piece of a stream is stored and what it decodes to, in the order of the stream. About
 * 25 bytes a piece in the heap, about six when it travels.
 */
final class ChunkTable implements Serializable {
  private static final long serialVersionUID = 1L;

  /** 512 GiB in pieces of 32 KiB; the table is then as large as a heap should bear. */
  static final int MAX_CHUNKS = 1 << 24;

  private static final List<Codec> CODECS = List.of(Codec.values());

  private transient long[] starts;
  private transient long[] offsets;
  private transient int[] lengths;
  private transient int[] files;
  private transient byte[] codecs;
  private transient int size;
  private transient long end;

  ChunkTable() {
    allocate(16);
  }

  private void allocate(int capacity) {
    starts = new long[capacity];
    offsets = new long[capacity];
    lengths = new int[capacity];
    files = new int[capacity];
    codecs = new byte[capacity];
  }

  void add(int file, long offset, int length, Codec codec, int decodedLength) {
    if (size == starts.length) {
      resize(Math.min(MAX_CHUNKS, 2 * size));
    }
    starts[size] = end;
    offsets[size] = offset;
    lengths[size] = length;
    files[size] = file;
    codecs[size] = (byte) CODECS.indexOf(codec);
    size++;
    end += decodedLength;
  }

  private void resize(int capacity) {
    starts = Arrays.copyOf(starts, capacity);
    offsets = Arrays.copyOf(offsets, capacity);
    lengths = Arrays.copyOf(lengths, capacity);
    files = Arrays.copyOf(files, capacity);
    codecs = Arrays.copyOf(codecs, capacity);
  }

  void trim() {
    resize(size);
  }

  int size() {
    return size;
  }

  /** Length of the whole stream. */
  long end() {
    return end;
  }

  int find(long position) {
    int found = Arrays.binarySearch(starts, 0, size, position);
    return found >= 0 ? found : -found - 2;
  }

  long start(int chunk) {
    return starts[chunk];
  }

  int decodedLength(int chunk) {
    return (int) ((chunk + 1 < size ? starts[chunk + 1] : end) - starts[chunk]);
  }

  long offset(int chunk) {
    return offsets[chunk];
  }

  int length(int chunk) {
    return lengths[chunk];
  }

  int file(int chunk) {
    return files[chunk];
  }

  Codec codec(int chunk) {
    return CODECS.get(codecs[chunk]);
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeInt(size);
    out.writeLong(end);
    long next = 0;
    for (int i = 0; i < size; i++) {
      // Most pieces follow the one before, in its file, with its codec and decoded length.
      boolean sameKind =
          i > 0
              && files[i] == files[i - 1]
              && codecs[i] == codecs[i - 1]
              && decodedLength(i) == decodedLength(i - 1);
      boolean follows = offsets[i] == next;
      out.writeByte((sameKind ? 1 : 0) | (follows ? 2 : 0));
      if (!sameKind) {
        out.writeInt(files[i]);
        out.writeByte(codecs[i]);
        out.writeInt(decodedLength(i));
      }
      if (!follows) {
        out.writeLong(offsets[i]);
      }
      out.writeInt(lengths[i]);
      next = offsets[i] + lengths[i];
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    int count = in.readInt();
    long total = in.readLong();
    if (count < 0 || count > MAX_CHUNKS) {
      throw new InvalidObjectException("Table of " + count + " pieces");
    }
    allocate(count);
    long next = 0;
    int file = 0;
    Codec codec = Codec.MISSING;
    int decoded = 0;
    for (int i = 0; i < count; i++) {
      int flags = in.readByte();
      if ((flags & 1) == 0) {
        file = in.readInt();
        codec = CODECS.get(in.readByte());
        decoded = in.readInt();
      }
      long offset = (flags & 2) != 0 ? next : in.readLong();
      int length = in.readInt();
      add(file, offset, length, codec, decoded);
      next = offset + length;
    }
    if (end != total) {
      throw new InvalidObjectException("Table of " + end + " bytes, not " + total);
    }
  }
}
