package io.memlake.engine.artifacts.secret;

import io.memlake.engine.artifacts.registry.HiveReading;
import io.memlake.engine.artifacts.registry.RegistryKey;
import io.memlake.schemas.row.CachedumpRow;
import io.memlake.schemas.row.HashdumpRow;
import io.memlake.schemas.row.LsadumpRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decrypts what SYSTEM, SAM and SECURITY hold.
 *
 * <p>The boot key is scattered over the class names of four keys below {@code Lsa}, each eight hex
 * digits, and its bytes are mixed.
 */
public final class SecretHives {
  private static final List<String> KEYS = List.of("JD", "Skew1", "GBG", "Data");
  private static final int[] ORDER = {8, 5, 4, 2, 11, 9, 13, 3, 0, 6, 1, 12, 14, 10, 15, 7};
  private static final String LM_KEY = "NL$KM";
  private static final long DEFAULT_ITERATIONS = 10_240;
  private static final int ITERATION_UNIT = 1024;

  private final byte[] bootKey;

  private SecretHives(byte[] bootKey) {
    this.bootKey = bootKey;
  }

  /** Takes the boot key out of SYSTEM; empty when a part of it is absent. */
  public static Optional<SecretHives> of(HiveReading system) throws IOException {
    StringBuilder digits = new StringBuilder();
    for (String name : KEYS) {
      Optional<RegistryKey> key = system.findInControlSet("Control\\Lsa\\" + name);
      digits.append(key.isEmpty() ? "" : key.get().className());
    }
    if (!digits.toString().matches("[0-9a-fA-F]{32}")) {
      return Optional.empty();
    }
    byte[] mixed = HexFormat.of().parseHex(digits);
    byte[] bootKey = new byte[ORDER.length];
    for (int i = 0; i < bootKey.length; i++) {
      bootKey[i] = mixed[ORDER[i]];
    }
    return Optional.of(new SecretHives(bootKey));
  }

  /** Local accounts of SAM with their hashes, in the order of the keys. */
  public List<HashdumpRow> accounts(HiveReading sam) throws IOException {
    Optional<RegistryKey> account = sam.find("SAM\\Domains\\Account");
    Optional<RegistryKey> users = sam.find("SAM\\Domains\\Account\\Users");
    Optional<SamHashes> hashes =
        account.isEmpty()
            ? Optional.empty()
            : SamHashes.of(bootKey, account.get().bytes("F").orElse(new byte[0]));
    List<HashdumpRow> rows = new ArrayList<>();
    if (hashes.isEmpty() || users.isEmpty()) {
      return rows;
    }
    for (RegistryKey user : users.get().subkeys()) {
      byte[] v = user.bytes("V").orElse(new byte[0]);
      if (user.name().matches("[0-9A-Fa-f]{8}") && v.length > 0) {
        long rid = Long.parseLong(user.name(), 16);
        HashdumpRow row = sam.stamp(new HashdumpRow(), user);
        row.setRid(rid);
        row.setUserName(SamNames.userName(v).orElse(null));
        row.setLmHash(hashes.get().lm(rid, v).map(SecretText::hex).orElse(null));
        row.setNtHash(hashes.get().nt(rid, v).map(SecretText::hex).orElse(null));
        row.setScheme(SamHashes.isAes(v) ? "aes" : "rc4");
        rows.add(row);
      }
    }
    return rows;
  }

  /** Secrets of SECURITY. */
  public List<LsadumpRow> secrets(HiveReading security) throws IOException {
    List<LsadumpRow> rows = new ArrayList<>();
    Optional<LsaKey> key = lsaKey(security);
    Optional<RegistryKey> secrets = security.find("Policy\\Secrets");
    if (key.isEmpty() || secrets.isEmpty()) {
      return rows;
    }
    for (RegistryKey secret : secrets.get().subkeys()) {
      for (String version : List.of("CurrVal", "OldVal")) {
        Optional<RegistryKey> value = secret.find(version);
        Optional<byte[]> plain =
            value.isEmpty()
                ? Optional.empty()
                : key.get().secret(value.get().bytes("").orElse(new byte[0]));
        if (plain.isPresent()) {
          LsadumpRow row = security.stamp(new LsadumpRow(), value.get());
          row.setName(secret.name());
          row.setVersion(version.equals("CurrVal") ? "current" : "old");
          row.setSecret(SecretText.hex(plain.get()).toUpperCase(Locale.ROOT));
          row.setText(SecretText.utf16(plain.get()).orElse(null));
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** Cached domain logons of SECURITY. */
  public List<CachedumpRow> logons(HiveReading security) throws IOException {
    List<CachedumpRow> rows = new ArrayList<>();
    Optional<LsaKey> key = lsaKey(security);
    Optional<RegistryKey> cache = security.find("Cache");
    Optional<RegistryKey> stored = security.find("Policy\\Secrets\\" + LM_KEY + "\\CurrVal");
    if (key.isEmpty() || cache.isEmpty() || stored.isEmpty()) {
      return rows;
    }
    byte[] logonKey =
        key.get().secret(stored.get().bytes("").orElse(new byte[0])).orElse(new byte[0]);
    Long count = cache.get().number("NL$IterationCount");
    // Small numbers count in units of 1024.
    long iterations =
        count == null
            ? DEFAULT_ITERATIONS
            : count > DEFAULT_ITERATIONS ? count & -ITERATION_UNIT : count * ITERATION_UNIT;
    for (var value : cache.get().values()) {
      if (!value.name().matches("NL\\$\\d+")) {
        continue;
      }
      byte[] entry = cache.get().bytes(value).orElse(new byte[0]);
      Optional<CachedLogon> logon = CachedLogon.of(logonKey, entry);
      if (logon.isPresent()) {
        CachedumpRow row = security.stamp(new CachedumpRow(), cache.get());
        row.setEntry(value.name());
        row.setUserName(logon.get().userName());
        row.setDomain(logon.get().domain());
        row.setDomainName(logon.get().domainName());
        row.setHash(logon.get().hash());
        row.setIterations(iterations);
        rows.add(row);
      }
    }
    return rows;
  }

  private Optional<LsaKey> lsaKey(HiveReading security) throws IOException {
    Optional<RegistryKey> list = security.find("Policy\\PolEKList");
    return list.isEmpty()
        ? Optional.empty()
        : LsaKey.of(bootKey, list.get().bytes("").orElse(new byte[0]));
  }
}
