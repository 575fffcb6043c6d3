package io.memlake.engine.objects.prefetch;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.MalformedObjectException;
import io.memlake.engine.objects.value.Utf16;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one file.
 *
 * <pre>
 *  0 version   4 "SCCA"   12 size   16 name, 60 bytes   76 hash
 * 84 entries for files: place, number     100 names: place, size
 * 92 chains: place, number                108 volumes: place, number, size
 * </pre>
 */
final class PrefetchParser {
  static final int MAX_NAME = 29;

  private static final int SIGNATURE = 0x41434353;
  private static final int NAME = 16;
  private static final int NAME_SIZE = 60;
  private static final int HASH = 76;
  private static final int FILE_SIZE = 12;
  private static final int INFORMATION = 84;
  private static final int MIN_SIZE = 0x128;

  /** Files and directories of one program; Windows traces at most some thousands. */
  private static final int MAX_ENTRIES = 65_536;

  private static final int MAX_VOLUMES = 64;

  private final String what;
  private final byte[] bytes;
  private boolean whole = true;

  PrefetchParser(String what, byte[] bytes) throws MalformedObjectException {
    this.what = what;
    this.bytes =
        CompressedPrefetch.isCompressed(bytes) ? CompressedPrefetch.decompress(what, bytes) : bytes;
  }

  Prefetch parse() throws MalformedObjectException {
    if (bytes.length < 8 || LittleEndian.i32(bytes, 4) != SIGNATURE) {
      throw new MalformedObjectException(what, 4, "the signature SCCA is missing");
    }
    int version = LittleEndian.i32(bytes, 0);
    PrefetchLayout layout =
        bytes.length < MIN_SIZE && version != 17 ? null : PrefetchLayout.of(version, bytes);
    if (layout == null || bytes.length < layout.runCount() + Integer.BYTES) {
      throw new MalformedObjectException(
          what,
          0,
          "the version is "
              + version
              + " and the size "
              + bytes.length
              + "; known are 17, 23, 26, 30 and 31 with their whole header");
    }
    long size = LittleEndian.u32(bytes, FILE_SIZE);
    if (size > Prefetch.MAX_SIZE || !sectionsLieIn(size)) {
      throw new MalformedObjectException(
          what, FILE_SIZE, "the size is " + size + " and its sections do not lie in that");
    }
    whole = size <= bytes.length;
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < layout.runTimeCount(); i++) {
      long time = LittleEndian.i64(bytes, layout.runTimes() + i * Long.BYTES);
      if (time != 0) {
        times.add(time);
      }
    }
    List<PrefetchFile> files = files(layout);
    List<PrefetchVolume> volumes = volumes(layout);
    return new Prefetch(
        version,
        Utf16.untilNul(bytes, NAME, NAME_SIZE),
        LittleEndian.i32(bytes, HASH),
        LittleEndian.u32(bytes, layout.runCount()),
        List.copyOf(times),
        files,
        volumes,
        whole);
  }

  /** Where files, traces, names and volumes begin; what only begins like a header is sorted out. */
  private boolean sectionsLieIn(long size) {
    for (int section : new int[] {0, 8, 16, 24}) {
      if (LittleEndian.u32(bytes, INFORMATION + section) > size) {
        return false;
      }
    }
    return true;
  }

  private List<PrefetchFile> files(PrefetchLayout layout) {
    long first = LittleEndian.u32(bytes, INFORMATION);
    long count = LittleEndian.u32(bytes, INFORMATION + 4);
    long names = LittleEndian.u32(bytes, INFORMATION + 16);
    List<PrefetchFile> files = new ArrayList<>();
    for (long i = 0; i < bounded(count, MAX_ENTRIES); i++) {
      long at = first + i * layout.metricsSize();
      if (!has(at, layout.metricsSize())) {
        break;
      }
      int entry = (int) at;
      long offset = LittleEndian.u32(bytes, entry + layout.metricsName());
      long length = LittleEndian.u32(bytes, entry + layout.metricsName() + 4) * Character.BYTES;
      String path = text(names + offset, length);
      long reference =
          layout.metricsReference() < 0
              ? 0
              : LittleEndian.i64(bytes, entry + layout.metricsReference());
      files.add(new PrefetchFile(path, reference));
    }
    return List.copyOf(files);
  }

  private List<PrefetchVolume> volumes(PrefetchLayout layout) {
    long section = LittleEndian.u32(bytes, INFORMATION + 24);
    long count = LittleEndian.u32(bytes, INFORMATION + 28);
    List<PrefetchVolume> volumes = new ArrayList<>();
    for (long i = 0; i < bounded(count, MAX_VOLUMES); i++) {
      long at = section + i * layout.volumeSize();
      if (!has(at, layout.volumeSize())) {
        break;
      }
      int entry = (int) at;
      volumes.add(
          new PrefetchVolume(
              text(
                  section + LittleEndian.u32(bytes, entry),
                  LittleEndian.u32(bytes, entry + 4) * Character.BYTES),
              LittleEndian.i64(bytes, entry + 8),
              LittleEndian.i32(bytes, entry + 16),
              directories(
                  section + LittleEndian.u32(bytes, entry + 28),
                  LittleEndian.u32(bytes, entry + 32))));
    }
    return List.copyOf(volumes);
  }

  /** Texts with their number of characters in front and a NUL behind. */
  private List<String> directories(long first, long count) {
    List<String> directories = new ArrayList<>();
    long at = first;
    for (long i = 0; i < bounded(count, MAX_ENTRIES); i++) {
      if (!has(at, Short.BYTES)) {
        break;
      }
      int length = LittleEndian.u16(bytes, (int) at) * Character.BYTES;
      directories.add(text(at + Short.BYTES, length));
      at += Short.BYTES + length + Character.BYTES;
    }
    return List.copyOf(directories);
  }

  private long bounded(long count, long limit) {
    whole &= count <= limit;
    return Math.min(count, limit);
  }

  private String text(long at, long length) {
    return has(at, length) ? Utf16.text(bytes, (int) at, (int) length) : "";
  }

  private boolean has(long at, long length) {
    boolean there = at + length <= bytes.length;
    whole &= there;
    return there;
  }
}
