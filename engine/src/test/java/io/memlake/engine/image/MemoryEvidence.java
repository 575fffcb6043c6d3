package io.memlake.engine.image;

import io.memlake.engine.bytes.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Files that exist only in the heap. */
public final class MemoryEvidence implements Evidence {
  private final TreeMap<String, byte[]> files = new TreeMap<>();

  /** Adds or replaces a file. */
  public MemoryEvidence put(String file, byte[] content) {
    files.put(file, content);
    return this;
  }

  @Override
  public ByteSource open(String file) throws IOException {
    byte[] content = files.get(file);
    if (content == null) {
      throw new IOException("Cannot read " + file + ": no such file");
    }
    return new Bytes(file, content);
  }

  @Override
  public List<String> siblings(String file) {
    return new ArrayList<>(files.keySet());
  }

  private static final class Bytes implements ByteSource {
    private final String name;
    private final byte[] content;

    Bytes(String name, byte[] content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long size() {
      return content.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      if (position >= content.length) {
        return 0;
      }
      int count = (int) Math.min(length, content.length - position);
      System.arraycopy(content, Math.toIntExact(position), target, offset, count);
      return count;
    }

    @Override
    public void close() {}
  }
}
