package io.memlake.testdata.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a volume as BitLocker of Windows 7 and later does. Its first sectors go to another place
 * and give way to a header that names three copies of the metadata. These have no protector: the
 * volume opens with its key alone. Written by what libbde's documentation says of the format.
 */
public final class BitLockerVolume {
  private static final int SECTOR_SIZE = 512;

  /** Bytes of a volume at least. */
  public static final int MIN_SIZE = 0x400000;

  /** Where the copies of the metadata lie, 64 KiB each; nothing of the volume is kept there. */
  public static final List<Integer> METADATA = List.of(0x100000, 0x180000, 0x200000);

  /** Where the first sectors of the volume lie, and behind them nothing of the volume. */
  public static final int MOVED = 0x280000;

  /** Bytes of a copy of the metadata. */
  public static final int METADATA_SIZE = 0x10000;

  /** Bytes of the first sectors that are moved. */
  public static final int MOVED_SIZE = 16 * SECTOR_SIZE;

  private static final int BLOCK = 16;
  private static final int FIRST_BYTES = 3;
  private static final int IDENTIFIER = 0xA0;
  private static final int FIRST_ENTRY = 112;

  /** {@code {4967D63B-2E29-4AD8-8399-F6A339E3D001}}. */
  private static final long IDENTIFIER_LOW = 0x4AD82E294967D63BL;

  private static final long IDENTIFIER_HIGH = 0x01D0E339A3F69983L;

  private final int method;
  private final byte[] key;

  private BitLockerVolume(int method, byte[] key) {
    this.method = method;
    this.key = key.clone();
  }

  /** A volume under AES-CBC without diffuser; the key has 16 or 32 bytes. */
  public static BitLockerVolume cbc(byte[] key) {
    return new BitLockerVolume(key.length == 16 ? 0x8002 : 0x8003, key);
  }

  /** A volume under AES-XTS; the key has twice 16 or twice 32 bytes. */
  public static BitLockerVolume xts(byte[] key) {
    return new BitLockerVolume(key.length == 32 ? 0x8004 : 0x8005, key);
  }

  /** Encrypts a volume of whole sectors. */
  public byte[] encrypt(byte[] plain) {
    byte[] volume = new byte[plain.length];
    for (int at = 0; at < plain.length; at += SECTOR_SIZE) {
      sector(plain, at, volume, at);
    }
    for (int at = 0; at < MOVED_SIZE; at += SECTOR_SIZE) {
      sector(plain, at, volume, MOVED + at);
    }
    byte[] information = information(plain.length);
    for (int place : METADATA) {
      Arrays.fill(volume, place, place + METADATA_SIZE, (byte) 0);
      System.arraycopy(information, 0, volume, place, information.length);
    }
    System.arraycopy(header(plain.length), 0, volume, 0, SECTOR_SIZE);
    return volume;
  }

  private static byte[] header(int size) {
    ByteBuffer header = ByteBuffer.allocate(SECTOR_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    header.put(0, new byte[] {(byte) 0xEB, 0x58, (byte) 0x90});
    header.put(FIRST_BYTES, signature());
    header.putShort(11, (short) SECTOR_SIZE).put(13, (byte) 8).put(21, (byte) 0xF8);
    header.putShort(24, (short) 63).putShort(26, (short) 255).putInt(36, 0x1FE0);
    header.putLong(40, size / SECTOR_SIZE);
    header.putLong(IDENTIFIER, IDENTIFIER_LOW).putLong(IDENTIFIER + 8, IDENTIFIER_HIGH);
    for (int i = 0; i < METADATA.size(); i++) {
      header.putLong(IDENTIFIER + BLOCK + i * Long.BYTES, METADATA.get(i));
    }
    return header.putShort(510, (short) 0xAA55).array();
  }

  private byte[] information(int volumeSize) {
    byte[] text = "TEST VOLUME\0".getBytes(StandardCharsets.UTF_16LE);
    int entries = 8 + text.length + 24;
    int size = (FIRST_ENTRY + entries + BLOCK - 1) & -BLOCK;
    ByteBuffer out = ByteBuffer.allocate(size + 8).order(ByteOrder.LITTLE_ENDIAN);
    out.put(signature()).putShort((short) (size / BLOCK)).putShort((short) 2);
    out.putShort((short) 4).putShort((short) 4);
    out.putLong(volumeSize).putInt(0).putInt(MOVED_SIZE / SECTOR_SIZE);
    METADATA.forEach(out::putLong);
    out.putLong(MOVED);
    out.putInt(48 + entries).putInt(1).putInt(48).putInt(48 + entries);
    out.putLong(0x1122334455667788L).putLong(0x99AABBCCDDEEFF00L);
    out.putInt(1).putInt(method).putLong(0x01D0000000000000L);
    // The description, and where the first sectors are.
    out.putShort((short) (8 + text.length)).putShort((short) 7).putShort((short) 2);
    out.putShort((short) 1).put(text);
    out.putShort((short) 24).putShort((short) 15).putShort((short) 15).putShort((short) 1);
    out.putLong(MOVED).putLong(MOVED_SIZE);
    CRC32 check = new CRC32();
    check.update(out.array(), 0, size);
    out.putShort(size, (short) 8).putShort(size + 2, (short) 1);
    return out.putInt(size + 4, (int) check.getValue()).array();
  }

  private static byte[] signature() {
    return "-FVE-FS-".getBytes(StandardCharsets.US_ASCII);
  }

  private void sector(byte[] plain, int from, byte[] volume, int to) {
    try {
      if (method < 0x8004) {
        byte[] start = number(to);
        byte[] vector = aes("AES/ECB/NoPadding", key, null).doFinal(start);
        aes("AES/CBC/NoPadding", key, vector).doFinal(plain, from, SECTOR_SIZE, volume, to);
      } else {
        tweaked(plain, from, volume, to);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES", e);
    }
  }

  /**
   * XTS of IEEE 1619: each block between two additions of a tweak that doubles from block to block.
   */
  private void tweaked(byte[] plain, int from, byte[] volume, int to)
      throws GeneralSecurityException {
    byte[] first = Arrays.copyOf(key, key.length / 2);
    byte[] second = Arrays.copyOfRange(key, key.length / 2, key.length);
    byte[] tweak = aes("AES/ECB/NoPadding", second, null).doFinal(number(to / SECTOR_SIZE));
    Cipher cipher = aes("AES/ECB/NoPadding", first, null);
    for (int at = 0; at < SECTOR_SIZE; at += BLOCK) {
      byte[] block = Arrays.copyOfRange(plain, from + at, from + at + BLOCK);
      add(block, tweak);
      byte[] encrypted = cipher.doFinal(block);
      add(encrypted, tweak);
      System.arraycopy(encrypted, 0, volume, to + at, BLOCK);
      twice(tweak);
    }
  }

  private static void add(byte[] block, byte[] tweak) {
    for (int i = 0; i < BLOCK; i++) {
      block[i] ^= tweak[i];
    }
  }

  private static void twice(byte[] tweak) {
    int carry = 0;
    for (int i = 0; i < BLOCK; i++) {
      int value = ((tweak[i] & 0xFF) << 1) | carry;
      carry = value >>> Byte.SIZE;
      tweak[i] = (byte) value;
    }
    tweak[0] ^= (byte) (carry == 0 ? 0 : 0x87);
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static Cipher aes(String mode, byte[] key, byte[] vector)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(mode);
    SecretKeySpec secret = new SecretKeySpec(key, "AES");
    if (vector == null) {
      cipher.init(Cipher.ENCRYPT_MODE, secret);
    } else {
      cipher.init(Cipher.ENCRYPT_MODE, secret, new IvParameterSpec(vector));
    }
    return cipher;
  }
}
