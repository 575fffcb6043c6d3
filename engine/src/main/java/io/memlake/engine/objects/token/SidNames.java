package io.memlake.engine.objects.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Names of SIDs that are the same on every Windows: fixed ones, those whose last part says their
 * role, and services, whose SID is made of the SHA-1 of their name. Users of a machine have names
 * in its registry only.
 */
public final class SidNames {
  private static final String SERVICE = "S-1-5-80-";
  private static final String LOGON_SESSION = "S-1-5-5-";
  private static final String DOMAIN = "S-1-5-21-";
  private static final String WINDOW_MANAGER = "S-1-5-90-0-";
  private static final String FONT_DRIVER_HOST = "S-1-5-96-0-";
  private static final String CAPABILITY = "S-1-15-3-";
  private static final String PACKAGE = "S-1-15-2-";

  /** Accounts and groups that every machine or domain has, by relative id. */
  private static final Map<String, String> BY_ROLE =
      Map.ofEntries(
          Map.entry("500", "Administrator"),
          Map.entry("501", "Guest"),
          Map.entry("502", "krbtgt"),
          Map.entry("503", "DefaultAccount"),
          Map.entry("504", "WDAGUtilityAccount"),
          Map.entry("512", "Domain Admins"),
          Map.entry("513", "Domain Users"),
          Map.entry("514", "Domain Guests"),
          Map.entry("515", "Domain Computers"),
          Map.entry("516", "Domain Controllers"),
          Map.entry("517", "Cert Publishers"),
          Map.entry("518", "Schema Admins"),
          Map.entry("519", "Enterprise Admins"),
          Map.entry("520", "Group Policy Creator Owners"),
          Map.entry("521", "Read-only Domain Controllers"),
          Map.entry("522", "Cloneable Domain Controllers"),
          Map.entry("525", "Protected Users"),
          Map.entry("526", "Key Admins"),
          Map.entry("527", "Enterprise Key Admins"),
          Map.entry("553", "RAS and IAS Servers"),
          Map.entry("571", "Allowed RODC Password Replication Group"),
          Map.entry("572", "Denied RODC Password Replication Group"));

  private static final Map<String, Account> FIXED = fixed();

  private SidNames() {}

  /**
   * An account that a SID stands for.
   *
   * @param domain domain, empty for none
   * @param name name without domain
   */
  public record Account(String domain, String name) {
    /** For instance {@code NT AUTHORITY\SYSTEM}. */
    public String qualified() {
      return domain.isEmpty() ? name : domain + "\\" + name;
    }
  }

  /** Who a SID stands for; empty when only the machine's registry or its domain knows. */
  public static Optional<Account> of(String sid) {
    Account known = FIXED.get(sid);
    if (known != null) {
      return Optional.of(known);
    }
    String last = sid.substring(sid.lastIndexOf('-') + 1);
    if (sid.startsWith(DOMAIN)) {
      return Optional.ofNullable(BY_ROLE.get(last)).map(name -> new Account("", name));
    }
    if (sid.startsWith(LOGON_SESSION)) {
      return Optional.of(new Account("", "Logon Session"));
    }
    if (sid.startsWith(WINDOW_MANAGER)) {
      return Optional.of(new Account("Window Manager", "DWM-" + last));
    }
    if (sid.startsWith(FONT_DRIVER_HOST)) {
      return Optional.of(new Account("Font Driver Host", "UMFD-" + last));
    }
    if (sid.startsWith(CAPABILITY)) {
      return Optional.of(new Account("", "Capability"));
    }
    return sid.startsWith(PACKAGE)
        ? Optional.of(new Account("", "Application Package"))
        : Optional.empty();
  }

  /** The SID of the service of that name. */
  public static String ofService(String name) {
    byte[] text = name.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_16LE);
    byte[] hash;
    try {
      hash = MessageDigest.getInstance("SHA-1").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-1", e);
    }
    StringBuilder sid = new StringBuilder(SERVICE);
    for (int at = 0; at < hash.length; at += Integer.BYTES) {
      sid.append(at == 0 ? "" : "-").append(LittleEndian.u32(hash, at));
    }
    return sid.toString();
  }

  private static Map<String, Account> fixed() {
    Map<String, Account> accounts = new HashMap<>();
    for (String line : lines("well-known-sids.tsv")) {
      String[] columns = line.split("\t", -1);
      accounts.put(columns[0], new Account(columns[1], columns[2]));
    }
    for (String service : lines("services.txt")) {
      accounts.put(ofService(service), new Account("NT SERVICE", service));
    }
    return Map.copyOf(accounts);
  }

  private static List<String> lines(String resource) {
    try (InputStream in = SidNames.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The program lacks its resource " + resource);
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + resource, e);
    }
  }
}
