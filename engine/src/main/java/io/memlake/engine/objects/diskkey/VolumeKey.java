package io.memlake.engine.objects.diskkey;

import io.memlake.engine.bytes.LittleEndian;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The full volume encryption key of a BitLocker volume, out of the allocation that holds its
 * expanded keys: FVEc up to Windows 7, Cngb in Windows 8, None and dFVE later.
 */
public final class VolumeKey {
  private static final int DIFFUSER = 0x8000;
  private static final int PLAIN = 0x8002;
  private static final int XTS = 0x8004;
  private static final int FILE = 66;
  private static final int TWEAK_AT = 34;
  private static final int LONG_KEY = 32;

  private final String algorithm;
  private final byte[] key;
  private final byte[] tweak;
  private final int method;
  private final int schedules;

  private VolumeKey(String algorithm, byte[] key, byte[] tweak, int method, int schedules) {
    this.algorithm = algorithm;
    this.key = key;
    this.tweak = tweak;
    this.method = method;
    this.schedules = schedules;
  }

  /**
   * The key in an allocation.
   *
   * @param tag of the allocation
   * @param bytes of the allocation, header excluded
   * @return empty when no expanded key is there
   */
  public static Optional<VolumeKey> find(String tag, byte[] bytes) {
    List<AesSchedule> all = AesSchedule.find(bytes);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<byte[]> keys = new ArrayList<>();
    for (AesSchedule schedule : all) {
      boolean same = schedule.key().length == all.get(0).key().length;
      if (same && keys.stream().noneMatch(key -> Arrays.equals(key, schedule.key()))) {
        keys.add(schedule.key());
      }
    }
    byte[] key = keys.get(0);
    int bits = key.length * Byte.SIZE;
    int longer = key.length == LONG_KEY ? 1 : 0;
    if (keys.size() == 1) {
      return Optional.of(
          new VolumeKey("AES-CBC-" + bits, key, new byte[0], PLAIN + longer, all.size()));
    }
    byte[] second = keys.get(1);
    boolean old = tag.equals("FVEc") || tag.equals("Cngb");
    if (old) {
      return Optional.of(
          new VolumeKey(
              "AES-CBC-" + bits + "-DIFFUSER", key, second, DIFFUSER + longer, all.size()));
    }
    byte[] both = Arrays.copyOf(key, key.length * 2);
    System.arraycopy(second, 0, both, key.length, second.length);
    return Optional.of(
        new VolumeKey("AES-XTS-" + bits, both, new byte[0], XTS + longer, all.size()));
  }

  /** The file that {@code dislocker -k} takes: the method, then 64 bytes of keys. */
  public byte[] dislockerFile() {
    byte[] file = new byte[FILE];
    LittleEndian.putU16(file, 0, method);
    System.arraycopy(key, 0, file, Short.BYTES, key.length);
    System.arraycopy(tweak, 0, file, TWEAK_AT, tweak.length);
    return file;
  }

  /** Such as AES-XTS-128. */
  public String algorithm() {
    return algorithm;
  }

  /** The key; of XTS the key of the data, then that of the tweak. Not copied. */
  public byte[] key() {
    return key;
  }

  /** Key of the diffuser; empty without one. Not copied. */
  public byte[] tweak() {
    return tweak;
  }

  /** The number of the cipher in BitLocker's own structures. */
  public int method() {
    return method;
  }

  /** Expanded keys in the allocation. */
  public int schedules() {
    return schedules;
  }
}
