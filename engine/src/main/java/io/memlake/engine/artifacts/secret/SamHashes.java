package io.memlake.engine.artifacts.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memlake.engine.bytes.LittleEndian;
import java.util.Arrays;
import java.util.Optional;

/**
 * Hashes of local accounts.
 *
 * <pre>
 * F of SAM\Domains\Account   0x68 revision  1: 0x70 salt:16 0x80 RC4 data:32
 *                                           2: 0x78 salt:16 0x88 AES data:32
 * entry of V                 ?:2 revision:2  1: RC4 data:16 at 4    2: salt:16 at 8, AES data at 24
 * </pre>
 */
final class SamHashes {
  private static final int KEY_REVISION = 0x68;
  private static final int RC4 = 1;
  private static final int AES = 2;
  private static final int HASH = 16;
  private static final int V_HEADER = 0xCC;
  private static final int LM = 0x9C;
  private static final int NT = 0xA8;
  private static final byte[] QWERTY =
      "!@#$%^&*()qwertyUIOPAzxcvbnmQQQQQQQQQQQQ)(*@&%\0".getBytes(US_ASCII);
  private static final byte[] DIGITS =
      "0123456789012345678901234567890123456789\0".getBytes(US_ASCII);

  private final byte[] key;

  private SamHashes(byte[] key) {
    this.key = key;
  }

  /** The key of all hashes; empty when F is too short or of an unknown revision. */
  static Optional<SamHashes> of(byte[] bootKey, byte[] f) {
    if (f.length < 0xA8) {
      return Optional.empty();
    }
    return switch (LittleEndian.i32(f, KEY_REVISION)) {
      case RC4 -> {
        byte[] rc4 = Ciphers.md5(part(f, 0x70, HASH), QWERTY, bootKey, DIGITS);
        yield Optional.of(
            new SamHashes(Arrays.copyOf(Ciphers.rc4(rc4, part(f, 0x80, 2 * HASH)), HASH)));
      }
      case AES -> {
        byte[] plain = Ciphers.aesCbc(bootKey, part(f, 0x78, HASH), part(f, 0x88, 2 * HASH));
        yield Optional.of(new SamHashes(Arrays.copyOf(plain, HASH)));
      }
      default -> Optional.empty();
    };
  }

  /** The LM hash of an account; empty when it has none. */
  Optional<byte[]> lm(long rid, byte[] v) {
    return hash(rid, v, LM, "LMPASSWORD\0");
  }

  /** The NT hash of an account; empty when it has none. */
  Optional<byte[]> nt(long rid, byte[] v) {
    return hash(rid, v, NT, "NTPASSWORD\0");
  }

  /** Whether the hash of an account is encrypted in the way of Windows 10. */
  static boolean isAes(byte[] v) {
    long at = v.length < V_HEADER ? -1 : V_HEADER + LittleEndian.u32(v, NT);
    return at >= 0 && at + 4 <= v.length && LittleEndian.u16(v, (int) at + 2) == AES;
  }

  private Optional<byte[]> hash(long rid, byte[] v, int field, String purpose) {
    if (v.length < V_HEADER) {
      return Optional.empty();
    }
    long at = V_HEADER + LittleEndian.u32(v, field);
    long length = LittleEndian.u32(v, field + 4);
    if (length < 4 || at + length > v.length) {
      return Optional.empty();
    }
    byte[] entry = part(v, (int) at, (int) length);
    byte[] number = new byte[Integer.BYTES];
    LittleEndian.putI32(number, 0, (int) rid);
    byte[] hidden;
    if (LittleEndian.u16(entry, 2) == AES) {
      if (length < 24 + HASH) {
        return Optional.empty();
      }
      hidden = Ciphers.aesCbc(key, part(entry, 8, HASH), part(entry, 24, (int) length - 24));
    } else {
      if (length < 4 + HASH) {
        return Optional.empty();
      }
      byte[] rc4 = Ciphers.md5(key, number, purpose.getBytes(US_ASCII));
      hidden = Ciphers.rc4(rc4, part(entry, 4, HASH));
    }
    byte[] plain = new byte[HASH];
    for (int half = 0; half < 2; half++) {
      byte[] des = new byte[7];
      for (int i = 0; i < des.length; i++) {
        des[i] = number[(i + 3 * half) % 4];
      }
      byte[] eight = Ciphers.des(des, part(hidden, half * 8, 8));
      System.arraycopy(eight, 0, plain, half * 8, 8);
    }
    return Optional.of(plain);
  }

  private static byte[] part(byte[] bytes, int from, int length) {
    return Arrays.copyOfRange(bytes, from, from + length);
  }
}
