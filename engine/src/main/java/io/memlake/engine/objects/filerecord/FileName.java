package io.memlake.engine.objects.filerecord;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.FileTime;
import io.memlake.engine.objects.value.Utf16;
import java.util.Optional;

/**
 * The attribute {@code $FILE_NAME}, also the key of directory entries. In a record its times and
 * sizes are those of the moment when the name was given; in a directory they are kept up to date.
 *
 * @param parent record of the directory
 * @param created FILETIME
 * @param modified FILETIME of the last change of content
 * @param recordChanged FILETIME of the last change of the record
 * @param accessed FILETIME
 * @param allocatedSize bytes of the clusters
 * @param size bytes of content
 * @param fileAttributes {@code FILE_ATTRIBUTE_…} bits; bit 28 for a directory
 * @param namespace which names it is
 * @param name the name
 */
public record FileName(
    FileReference parent,
    long created,
    long modified,
    long recordChanged,
    long accessed,
    long allocatedSize,
    long size,
    int fileAttributes,
    Namespace namespace,
    String name) {
  static final int FIXED = 66;

  private static final int NAME_LENGTH = 64;
  private static final int NAMESPACE = 65;
  private static final char MIN_CHARACTER = 0x20;

  /** Which rules a name follows. */
  public enum Namespace {
    /** Any characters, case counts. */
    POSIX,
    /** A long name that has a short one beside it. */
    WIN32,
    /** A short name. */
    DOS,
    /** A long name that is short enough to be both. */
    WIN32_AND_DOS
  }

  static Optional<FileName> parse(byte[] bytes, int at, int to) {
    if (to - at < FIXED) {
      return Optional.empty();
    }
    int length = LittleEndian.u8(bytes, at + NAME_LENGTH);
    int namespace = LittleEndian.u8(bytes, at + NAMESPACE);
    int end = at + FIXED + length * Character.BYTES;
    if (length == 0 || end > to || namespace >= Namespace.values().length) {
      return Optional.empty();
    }
    return Optional.of(
        new FileName(
            FileReference.of(LittleEndian.i64(bytes, at)),
            LittleEndian.i64(bytes, at + 8),
            LittleEndian.i64(bytes, at + 16),
            LittleEndian.i64(bytes, at + 24),
            LittleEndian.i64(bytes, at + 32),
            LittleEndian.i64(bytes, at + 40),
            LittleEndian.i64(bytes, at + 48),
            LittleEndian.i32(bytes, at + 56),
            Namespace.values()[namespace],
            Utf16.text(bytes, at + FIXED, length * Character.BYTES)));
  }

  /** Whether it can be a name when it is found without anything that refers to it. */
  boolean plausible() {
    return parent.sequence() != 0
        && FileTime.plausible(created)
        && FileTime.plausible(modified)
        && FileTime.plausible(recordChanged)
        && FileTime.plausible(accessed)
        && size >= 0
        && allocatedSize >= 0
        && name.chars().allMatch(c -> c >= MIN_CHARACTER && c != '/' && c != 0xFFFD);
  }
}
