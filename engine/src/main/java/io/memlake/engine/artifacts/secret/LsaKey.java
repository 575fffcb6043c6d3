package io.memlake.engine.artifacts.secret;

import io.memlake.engine.bytes.LittleEndian;
import java.util.Arrays;
import java.util.Optional;

/**
 * The key of the local security authority since Windows Vista.
 *
 * <pre>secret = ?:28 salt:32 AES data, each block by itself; plain = length:4 ?:12 bytes</pre>
 *
 * <p>The key of a secret is SHA-256 of the authority's key and a thousand times the salt; that of
 * the authority's own key list uses the boot key, and the key stands at 68 of its plain text.
 */
final class LsaKey {
  private static final int SALT = 28;
  private static final int DATA = 60;
  private static final int ROUNDS = 1000;
  private static final int KEY_AT = 68;
  private static final int KEY_SIZE = 32;
  private static final int PLAIN_HEADER = 16;

  private final byte[] key;

  private LsaKey(byte[] key) {
    this.key = key;
  }

  /** The key out of {@code PolEKList}; empty when that is too short. */
  static Optional<LsaKey> of(byte[] bootKey, byte[] keyList) {
    if (keyList.length < DATA + KEY_AT + KEY_SIZE) {
      return Optional.empty();
    }
    byte[] plain = decrypt(bootKey, keyList);
    return plain.length < KEY_AT + KEY_SIZE
        ? Optional.empty()
        : Optional.of(new LsaKey(Arrays.copyOfRange(plain, KEY_AT, KEY_AT + KEY_SIZE)));
  }

  /** A secret; empty when its data are too short or say a length that they do not have. */
  Optional<byte[]> secret(byte[] data) {
    if (data.length < DATA + PLAIN_HEADER) {
      return Optional.empty();
    }
    byte[] plain = decrypt(key, data);
    long length = LittleEndian.u32(plain, 0);
    return length > plain.length - PLAIN_HEADER
        ? Optional.empty()
        : Optional.of(Arrays.copyOfRange(plain, PLAIN_HEADER, PLAIN_HEADER + (int) length));
  }

  private static byte[] decrypt(byte[] key, byte[] data) {
    byte[] aes = Ciphers.sha256(key, Arrays.copyOfRange(data, SALT, DATA), ROUNDS);
    return Ciphers.aesBlocks(aes, Arrays.copyOfRange(data, DATA, data.length));
  }
}
