package io.memlake.engine.objects.filerecord;

import io.memlake.engine.bytes.LittleEndian;
import java.util.Optional;

/**
 * The attribute {@code $STANDARD_INFORMATION}. Its times are those that programs can set.
 *
 * @param created FILETIME
 * @param modified FILETIME of the last change of content
 * @param recordChanged FILETIME of the last change of the record
 * @param accessed FILETIME
 * @param fileAttributes {@code FILE_ATTRIBUTE_…} bits
 * @param ownerId for quotas; 0 before Windows 2000
 * @param securityId key into {@code $Secure}; 0 before Windows 2000
 * @param usn of the last entry in the change journal; 0 when there is none
 */
public record StandardInformation(
    long created,
    long modified,
    long recordChanged,
    long accessed,
    int fileAttributes,
    int ownerId,
    int securityId,
    long usn) {
  private static final int SHORT = 48;
  private static final int LONG = 72;

  static Optional<StandardInformation> parse(byte[] value) {
    if (value.length < SHORT) {
      return Optional.empty();
    }
    boolean extended = value.length >= LONG;
    return Optional.of(
        new StandardInformation(
            LittleEndian.i64(value, 0),
            LittleEndian.i64(value, 8),
            LittleEndian.i64(value, 16),
            LittleEndian.i64(value, 24),
            LittleEndian.i32(value, 32),
            extended ? LittleEndian.i32(value, 48) : 0,
            extended ? LittleEndian.i32(value, 52) : 0,
            extended ? LittleEndian.i64(value, 64) : 0));
  }
}
