package io.memlake.testdata.registry;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * SAM and SECURITY with secrets of ours, encrypted as Windows does with the boot key of {@link
 * StandardHives}.
 */
public final class SecretHives {

  /** The boot key: 00 01 … 0F. */
  public static final byte[] BOOT_KEY = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");

  /** NT hash of the password "password". */
  public static final String NT_HASH = "8846f7eaee8fb117ad06bdd830b7586c";

  /** The secret DefaultPassword. */
  public static final String PASSWORD = "Winter2024!";

  /** Hash of the cached logon. */
  public static final String LOGON_HASH = "00112233445566778899aabbccddeeff";

  private static final Instant TIME = Instant.parse("2024-03-01T00:00:00Z");
  private static final byte[] SALT = HexFormat.of().parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
  private static final byte[] HASHED_KEY =
      HexFormat.of().parseHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
  private static final byte[] LONG_SALT = Arrays.copyOf(SALT, 32);
  private static final byte[] LSA_KEY = Arrays.copyOf(HASHED_KEY, 32);

  private SecretHives() {}

  /**
   * SAM with the account alice, relative identifier 1001.
   *
   * @param aes whether hashes are encrypted as since Windows 10 1607
   */
  public static HiveContent sam(boolean aes) {
    HiveTree root = HiveTree.root("SAM").written(TIME);
    HiveTree account = root.key("SAM\\Domains\\Account");
    CellBytes f = new CellBytes(0xF0).u32(0, aes ? 3 : 2).u32(0x68, aes ? 2 : 1);
    byte[] key = Arrays.copyOf(HASHED_KEY, 32);
    if (aes) {
      f.put(0x78, SALT).put(0x88, cipher("AES/CBC/NoPadding", "AES", BOOT_KEY, SALT, key));
    } else {
      byte[] rc4 =
          md5(
              SALT,
              ascii("!@#$%^&*()qwertyUIOPAzxcvbnmQQQQQQQQQQQQ)(*@&%\0"),
              BOOT_KEY,
              ascii("0123456789012345678901234567890123456789\0"));
      f.put(0x70, SALT).put(0x80, cipher("ARCFOUR", "ARCFOUR", rc4, null, key));
    }
    account.bytes("F", f.bytes()).bytes("V", new byte[16]);
    account.key("Users\\000003E9").bytes("F", new byte[80]).bytes("V", user(aes));
    account.key("Users\\Names\\alice").value("", 0x3E9, new byte[0]);
    return HiveFileWriter.write(root, "SAM", TIME);
  }

  private static byte[] user(boolean aes) {
    byte[] rid = {(byte) 0xE9, 3, 0, 0};
    byte[] hash = HexFormat.of().parseHex(NT_HASH);
    byte[] hidden = new byte[16];
    for (int half = 0; half < 2; half++) {
      byte[] key = new byte[7];
      for (int i = 0; i < 7; i++) {
        key[i] = rid[(i + 3 * half) % 4];
      }
      byte[] eight = Arrays.copyOfRange(hash, half * 8, half * 8 + 8);
      System.arraycopy(
          cipher("DES/ECB/NoPadding", "DES", desKey(key), null, eight), 0, hidden, half * 8, 8);
    }
    byte[] entry =
        aes
            ? new CellBytes(56)
                .u16(0, 1)
                .u16(2, 2)
                .u32(4, 16)
                .put(8, SALT)
                .put(
                    24,
                    cipher("AES/CBC/NoPadding", "AES", HASHED_KEY, SALT, Arrays.copyOf(hidden, 32)))
                .bytes()
            : new CellBytes(20)
                .u16(0, 1)
                .u16(2, 1)
                .put(
                    4,
                    cipher(
                        "ARCFOUR",
                        "ARCFOUR",
                        md5(HASHED_KEY, rid, ascii("NTPASSWORD\0")),
                        null,
                        hidden))
                .bytes();
    byte[] name = "alice".getBytes(StandardCharsets.UTF_16LE);
    int lm = 12;
    int nt = lm + 4;
    return new CellBytes(0xCC + nt + entry.length)
        .u32(0x0C, 0)
        .u32(0x10, name.length)
        .put(0xCC, name)
        .u32(0x9C, lm)
        .u32(0xA0, 4)
        .put(0xCC + lm, new byte[] {1, 0, 1, 0})
        .u32(0xA8, nt)
        .u32(0xAC, entry.length)
        .put(0xCC + nt, entry)
        .bytes();
  }

  /** SECURITY with the secrets NL$KM and DefaultPassword and one cached logon. */
  public static HiveContent security() {
    HiveTree root = HiveTree.root("SECURITY").written(TIME);
    byte[] list = new CellBytes(112).put(68, LSA_KEY).bytes();
    root.key("Policy\\PolEKList").value("", 0, lsa(BOOT_KEY, list));
    byte[] logonKey = Arrays.copyOf(LONG_SALT, 64);
    root.key("Policy\\Secrets\\NL$KM\\CurrVal").value("", 0, lsa(LSA_KEY, secret(logonKey)));
    byte[] password = PASSWORD.getBytes(StandardCharsets.UTF_16LE);
    root.key("Policy\\Secrets\\DefaultPassword\\CurrVal")
        .value("", 0, lsa(LSA_KEY, secret(password)));
    root.key("Cache").bytes("NL$1", logon(logonKey)).bytes("NL$2", new byte[200]);
    return HiveFileWriter.write(root, "SECURITY", TIME);
  }

  private static byte[] secret(byte[] bytes) {
    return new CellBytes((16 + bytes.length + 15) & -16)
        .u32(0, bytes.length)
        .put(16, bytes)
        .bytes();
  }

  private static byte[] lsa(byte[] key, byte[] plain) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(key);
      for (int i = 0; i < 1000; i++) {
        digest.update(LONG_SALT);
      }
      byte[] data = cipher("AES/ECB/NoPadding", "AES", digest.digest(), null, plain);
      return new CellBytes(60 + data.length).put(28, LONG_SALT).put(60, data).bytes();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] logon(byte[] key) {
    byte[] user = "bob".getBytes(StandardCharsets.UTF_16LE);
    byte[] domain = "CORP".getBytes(StandardCharsets.UTF_16LE);
    byte[] name = "CORP.EXAMPLE.NET".getBytes(StandardCharsets.UTF_16LE);
    byte[] plain =
        new CellBytes(128)
            .put(0, HexFormat.of().parseHex(LOGON_HASH))
            .put(72, user)
            .put(80, domain)
            .put(88, name)
            .bytes();
    byte[] data = cipher("AES/CBC/NoPadding", "AES", Arrays.copyOf(key, 16), SALT, plain);
    return new CellBytes(96 + data.length)
        .u16(0, user.length)
        .u16(2, domain.length)
        .u16(60, name.length)
        .put(64, SALT)
        .put(96, data)
        .bytes();
  }

  private static byte[] desKey(byte[] seven) {
    byte[] key = new byte[8];
    for (int bit = 0; bit < 56; bit++) {
      int set = seven[bit / 8] >> (7 - bit % 8) & 1;
      key[bit / 7] |= (byte) (set << (7 - bit % 7));
    }
    for (int i = 0; i < 8; i++) {
      key[i] |= (byte) (Integer.bitCount(key[i] & 0xFE) % 2 == 0 ? 1 : 0);
    }
    return key;
  }

  private static byte[] md5(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] cipher(
      String transformation, String algorithm, byte[] key, byte[] vector, byte[] plain) {
    try {
      Cipher cipher = Cipher.getInstance(transformation);
      SecretKeySpec spec = new SecretKeySpec(key, algorithm);
      if (vector == null) {
        cipher.init(Cipher.ENCRYPT_MODE, spec);
      } else {
        cipher.init(Cipher.ENCRYPT_MODE, spec, new IvParameterSpec(vector));
      }
      return cipher.doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
