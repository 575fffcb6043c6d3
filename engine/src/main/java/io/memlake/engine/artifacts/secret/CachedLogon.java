package io.memlake.engine.artifacts.secret;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import java.util.Arrays;
import java.util.Optional;

/**
 * A cached domain logon since Windows Vista.
 *
 * <pre>
 * 0 bytes of user name:2  2 bytes of domain:2  60 bytes of DNS name:2  64 vector:16  96 AES data
 * plain: hash:16 … 72 user name, domain, DNS name, each on a multiple of 4 bytes
 * </pre>
 *
 * @param userName user
 * @param domain NetBIOS name of the domain
 * @param domainName DNS name of the domain
 * @param hash 16 bytes as lower-case hex digits
 */
record CachedLogon(String userName, String domain, String domainName, String hash) {
  private static final int VECTOR = 64;
  private static final int DATA = 96;
  private static final int NAMES = 72;
  private static final int KEY = 16;
  private static final int HASH = 16;

  /**
   * Reads an entry.
   *
   * @param key the secret NL$KM without its header; its first 16 bytes are the key
   * @return empty for an unused entry and one that makes no sense
   */
  static Optional<CachedLogon> of(byte[] key, byte[] entry) {
    if (key.length < KEY || entry.length < DATA + NAMES) {
      return Optional.empty();
    }
    int user = LittleEndian.u16(entry, 0);
    int domain = LittleEndian.u16(entry, 2);
    int name = LittleEndian.u16(entry, 60);
    byte[] vector = Arrays.copyOfRange(entry, VECTOR, VECTOR + KEY);
    if (user == 0 || Arrays.equals(vector, new byte[KEY])) {
      return Optional.empty();
    }
    byte[] plain =
        Ciphers.aesCbc(
            Arrays.copyOf(key, KEY), vector, Arrays.copyOfRange(entry, DATA, entry.length));
    int domainAt = NAMES + aligned(user);
    int nameAt = domainAt + aligned(domain);
    if (nameAt + name > plain.length) {
      return Optional.empty();
    }
    return Optional.of(
        new CachedLogon(
            Utf16.text(plain, NAMES, user),
            Utf16.text(plain, domainAt, domain),
            Utf16.text(plain, nameAt, name),
            SecretText.hex(Arrays.copyOf(plain, HASH))));
  }

  private static int aligned(int length) {
    return length + 3 & -4;
  }
}
