package io.memlake.jobs.hunt.indicator;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Kinds of indicators, with the other names that sources give them. */
public enum IndicatorType {
  /** Address of version 4. */
  IPV4("ipv4", "ip", "ipv4-addr", "ip-src", "ip-dst", "ip4", "ipaddress"),
  /** Address of version 6. */
  IPV6("ipv6", "ipv6-addr", "ip6"),
  /** Range of addresses. */
  CIDR("cidr", "ip-range", "network"),
  /** Address and port, {@code 203.0.113.7|443}. */
  IP_PORT("ip_port", "ip-dst|port", "ip-src|port", "ip|port", "socket"),
  /** Name of a domain; hits names below it too. */
  DOMAIN("domain", "domain-name", "fqdn"),
  /** Name of a host. */
  HOSTNAME("hostname", "host"),
  /** Address of a resource. */
  URL("url", "uri", "link"),
  /** Address of a mailbox. */
  EMAIL("email", "email-addr", "email-src", "email-dst", "email-address"),
  /** Path of a file; drive and device do not matter. */
  FILE_PATH("file_path", "filepath", "path", "full-path"),
  /** Last part of a path. */
  FILE_NAME("file_name", "filename", "file-name"),
  /** MD5 of a file. */
  MD5("md5", "file-md5", "hash-md5"),
  /** SHA-1 of a file. */
  SHA1("sha1", "sha-1", "file-sha1"),
  /** SHA-256 of a file. */
  SHA256("sha256", "sha-256", "file-sha256"),
  /** SHA-512 of a file. */
  SHA512("sha512", "sha-512"),
  /** Similarity hash of a file. */
  FUZZY_HASH("fuzzy_hash", "ssdeep", "tlsh", "sdhash", "vhash"),
  /** Hash over the imports of a program. */
  IMPHASH("imphash", "imports-hash"),
  /** Hash over the Rich header of a program. */
  RICH_HASH("rich_hash", "richpe", "rich-header-hash"),
  /** GUID of a symbol file, with or without the age behind it. */
  PDB_GUID("pdb_guid", "pdbguid"),
  /** Path of a symbol file. */
  PDB_PATH("pdb_path", "pdb", "pdb-path"),
  /** Time stamp and size of an image, {@code 5fb3c1d2|0001a000}: key of a symbol server. */
  PE_IDENTITY("pe_identity", "timestamp_size"),
  /** 64-bit hash of a page, as in pages.page_hash. */
  PAGE_HASH("page_hash"),
  /** Name of a mutex. */
  MUTEX("mutex", "mutant", "mutexname"),
  /** Name of a pipe. */
  NAMED_PIPE("named_pipe", "pipe", "named pipe", "pipename"),
  /** Name of an event. */
  EVENT_NAME("event", "event_name"),
  /** Name of a section. */
  SECTION_NAME("section", "section_name"),
  /** Name of a service. */
  SERVICE_NAME("service", "windows-service-name", "service_name", "service-name"),
  /** Name of a service for people. */
  SERVICE_DISPLAY_NAME("service_display_name", "windows-service-displayname"),
  /** File name of a driver. */
  DRIVER_NAME("driver", "driver_name", "driver-name"),
  /** Key of the registry. */
  REGISTRY_KEY("registry_key", "regkey", "windows-registry-key"),
  /** Key and value of the registry, a bar between them. */
  REGISTRY_VALUE("registry_value", "regkey|value"),
  /** Name of a scheduled task. */
  SCHEDULED_TASK("scheduled_task", "windows-scheduled-task", "task"),
  /** Name of a process. */
  PROCESS_NAME("process_name", "process", "process-name"),
  /** Part of a command line. */
  COMMAND_LINE("command_line", "cmdline", "command-line", "process-command-line"),
  /** Name of an account. */
  USER_NAME("user_name", "user", "username", "target-user", "user-account"),
  /** Security identifier. */
  SID("sid"),
  /** User agent of a browser. */
  USER_AGENT("user_agent", "user-agent"),
  /** Thumbprint or serial number of a certificate. */
  CERTIFICATE(
      "certificate",
      "x509-fingerprint-sha1",
      "x509-fingerprint-sha256",
      "x509-fingerprint-md5",
      "x509-certificate"),
  /** Address of the Bitcoin network. */
  BTC("btc", "bitcoin", "xbt"),
  /** Fingerprint of a TLS client. */
  JA3("ja3", "ja3-fingerprint-md5", "ja3s"),
  /** Bytes in memory, as hex digits or text. */
  MEMORY_PATTERN("memory_pattern", "pattern-in-memory", "pattern-in-file", "hex");

  private static final Map<String, IndicatorType> BY_NAME = new HashMap<>();

  static {
    for (IndicatorType type : values()) {
      for (String name : type.names) {
        BY_NAME.put(name, type);
      }
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // set once, of texts
  private final java.util.List<String> names;

  IndicatorType(String... names) {
    this.names = java.util.List.of(names);
  }

  /** The type that a source means by {@code name}. */
  public static Optional<IndicatorType> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name.strip().toLowerCase(Locale.ROOT)));
  }

  /** The word in tables. */
  @Override
  public String toString() {
    return names.get(0);
  }
}
