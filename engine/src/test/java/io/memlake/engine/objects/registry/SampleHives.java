package io.memlake.engine.objects.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.SampleData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** The real hives beside the project, and what a walk through one of them gives. */
final class SampleHives {
  private SampleHives() {}

  static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(SampleData.file("registry/" + name));
  }

  static RegfFile open(String name) throws Exception {
    return RegfFile.open(new Bytes(name, bytes(name)), 0);
  }

  static RegfFile open(byte[] bytes) throws Exception {
    return RegfFile.open(new Bytes("hive", bytes), 0);
  }

  /** Rows of a golden table, without its heading. */
  static List<String[]> golden(String name) throws IOException {
    try (InputStream in = SampleHives.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    }
  }

  /** For calls in which nothing may be missing. */
  static void fail(HiveGap gap) {
    throw new AssertionError(gap.toString());
  }

  /** A visitor for walks of which only the reached cells matter. */
  static final class Silent implements HiveVisitor {
    @Override
    public void key(String path, KeyNode key) {}

    @Override
    public void value(String path, KeyNode key, ValueNode value) {}

    @Override
    public void gap(String path, HiveGap gap) {}
  }

  /** A file in an array. */
  static final class Bytes implements ByteSource {
    private final String name;
    private final byte[] bytes;

    Bytes(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      int count = (int) Math.max(0, Math.min(length, bytes.length - position));
      System.arraycopy(bytes, (int) Math.min(position, bytes.length), target, offset, count);
      return count;
    }

    @Override
    public void close() {}
  }

  /** Counts, gaps and the digest that golden.py defines. */
  static final class Listing implements HiveVisitor {
    final List<String> keys = new ArrayList<>();
    final List<String> values = new ArrayList<>();
    final List<String> gaps = new ArrayList<>();
    private final Hive hive;
    private final MessageDigest sha1 = digest("SHA-1");

    private Listing(Hive hive) {
      this.hive = hive;
    }

    static Listing of(Hive hive) throws IOException {
      Listing listing = new Listing(hive);
      HiveWalk.walk(hive, listing);
      return listing;
    }

    @Override
    public void key(String path, KeyNode key) {
      keys.add("K|" + path + "|" + key.lastWritten());
    }

    @Override
    public void value(String path, KeyNode key, ValueNode value) throws IOException {
      byte[] data = hive.data(value, gap -> gaps.add(gap.toString())).bytes();
      values.add(
          String.format(
              "V|%s|%s|%08x|%d|%s",
              path,
              value.name(),
              value.type(),
              data.length,
              HexFormat.of().formatHex(sha1.digest(data))));
    }

    @Override
    public void gap(String path, HiveGap gap) {
      gaps.add(path + ": " + gap);
    }

    String digest() {
      List<String> lines = new ArrayList<>();
      keys.forEach(line -> lines.add(HexFormat.of().formatHex(line.getBytes(UTF_8))));
      values.forEach(line -> lines.add(HexFormat.of().formatHex(line.getBytes(UTF_8))));
      Collections.sort(lines);
      return HexFormat.of()
          .formatHex(digest("SHA-256").digest(String.join("\n", lines).getBytes(UTF_8)));
    }

    private static MessageDigest digest(String algorithm) {
      try {
        return MessageDigest.getInstance(algorithm);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }
}
