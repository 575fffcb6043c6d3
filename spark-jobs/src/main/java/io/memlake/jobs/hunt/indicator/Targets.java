package io.memlake.jobs.hunt.indicator;

import static io.memlake.jobs.hunt.indicator.IndicatorType.BTC;
import static io.memlake.jobs.hunt.indicator.IndicatorType.CERTIFICATE;
import static io.memlake.jobs.hunt.indicator.IndicatorType.CIDR;
import static io.memlake.jobs.hunt.indicator.IndicatorType.COMMAND_LINE;
import static io.memlake.jobs.hunt.indicator.IndicatorType.DOMAIN;
import static io.memlake.jobs.hunt.indicator.IndicatorType.DRIVER_NAME;
import static io.memlake.jobs.hunt.indicator.IndicatorType.EMAIL;
import static io.memlake.jobs.hunt.indicator.IndicatorType.EVENT_NAME;
import static io.memlake.jobs.hunt.indicator.IndicatorType.FILE_NAME;
import static io.memlake.jobs.hunt.indicator.IndicatorType.FILE_PATH;
import static io.memlake.jobs.hunt.indicator.IndicatorType.HOSTNAME;
import static io.memlake.jobs.hunt.indicator.IndicatorType.IMPHASH;
import static io.memlake.jobs.hunt.indicator.IndicatorType.IPV4;
import static io.memlake.jobs.hunt.indicator.IndicatorType.IPV6;
import static io.memlake.jobs.hunt.indicator.IndicatorType.IP_PORT;
import static io.memlake.jobs.hunt.indicator.IndicatorType.MUTEX;
import static io.memlake.jobs.hunt.indicator.IndicatorType.NAMED_PIPE;
import static io.memlake.jobs.hunt.indicator.IndicatorType.PAGE_HASH;
import static io.memlake.jobs.hunt.indicator.IndicatorType.PDB_GUID;
import static io.memlake.jobs.hunt.indicator.IndicatorType.PDB_PATH;
import static io.memlake.jobs.hunt.indicator.IndicatorType.PE_IDENTITY;
import static io.memlake.jobs.hunt.indicator.IndicatorType.PROCESS_NAME;
import static io.memlake.jobs.hunt.indicator.IndicatorType.REGISTRY_KEY;
import static io.memlake.jobs.hunt.indicator.IndicatorType.REGISTRY_VALUE;
import static io.memlake.jobs.hunt.indicator.IndicatorType.SCHEDULED_TASK;
import static io.memlake.jobs.hunt.indicator.IndicatorType.SECTION_NAME;
import static io.memlake.jobs.hunt.indicator.IndicatorType.SERVICE_DISPLAY_NAME;
import static io.memlake.jobs.hunt.indicator.IndicatorType.SERVICE_NAME;
import static io.memlake.jobs.hunt.indicator.IndicatorType.SHA1;
import static io.memlake.jobs.hunt.indicator.IndicatorType.SID;
import static io.memlake.jobs.hunt.indicator.IndicatorType.URL;
import static io.memlake.jobs.hunt.indicator.IndicatorType.USER_AGENT;
import static io.memlake.jobs.hunt.indicator.IndicatorType.USER_NAME;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The register of all columns in which indicators are looked for. */
public final class Targets {
  /** What may stand inside of command lines and registry data. */
  private static final IndicatorType[] IN_TEXT = {
    COMMAND_LINE,
    DOMAIN,
    HOSTNAME,
    URL,
    EMAIL,
    IPV4,
    IPV6,
    IP_PORT,
    FILE_PATH,
    FILE_NAME,
    USER_AGENT,
    BTC
  };

  private static final IndicatorType[] FILES = {FILE_PATH, FILE_NAME};

  private static final List<Target> ALL = new ArrayList<>();
  private static final Map<String, TargetTable> TABLES = new LinkedHashMap<>();

  static {
    String hex = "'0x' || lower(hex(%s))";
    table(
        "processes",
        "pid",
        "image_file_name",
        "'eprocess ' || " + hex.formatted("eprocess"),
        "eprocess",
        "image_file_name");
    one("processes", "name", "coalesce(name, image_file_name)", "name", PROCESS_NAME, FILE_NAME);
    one("processes", "path", FILES);
    one("processes", "kernel_path", FILES);
    text("processes", "command_line");
    table(
        "modules",
        "pid",
        "process",
        "'pid ' || pid || ' base ' || " + hex.formatted("base"),
        "base");
    one("modules", "path", FILES);
    one("modules", "pdb_guid", PDB_GUID);
    one("modules", "pdb_name", PDB_PATH);
    one("modules", "imphash", IMPHASH);
    one(
        "modules",
        "timestamp",
        "lower(hex(timestamp)) || '|' || lower(hex(size))",
        "size",
        PE_IDENTITY);
    table("kernel_modules", null, null, "'base ' || " + hex.formatted("base"), "base");
    one("kernel_modules", "name", FILE_NAME, DRIVER_NAME);
    one("kernel_modules", "path", FILES);
    one("kernel_modules", "pdb_guid", PDB_GUID);
    one("kernel_modules", "pdb_name", PDB_PATH);
    one("kernel_modules", "imphash", IMPHASH);
    one(
        "kernel_modules",
        "timestamp",
        "lower(hex(timestamp)) || '|' || lower(hex(size))",
        "size",
        PE_IDENTITY);
    table("unloaded_modules", "pid", "process", "'start ' || " + hex.formatted("start"), "start");
    one("unloaded_modules", "name", FILE_NAME, DRIVER_NAME);
    table("drivers", null, null, "'object ' || " + hex.formatted("object"), "object");
    one("drivers", "name", DRIVER_NAME);
    table(
        "vads",
        "pid",
        "process",
        "'pid ' || pid || ' start ' || " + hex.formatted("start"),
        "start");
    one("vads", "file", FILES);
    table("files", null, null, "coalesce(name, forensic_path)", "name");
    one("files", "name", FILES);
    table(
        "network",
        "pid",
        "owner",
        "proto || ' ' || coalesce(local_addr, '*') || ':' || coalesce(local_port, 0) || ' ' || coalesce(foreign_addr, '*') || ':' || coalesce(foreign_port, 0)",
        "owner");
    one("network", "foreign_addr", IPV4, IPV6, CIDR);
    one("network", "local_addr", IPV4, IPV6, CIDR);
    one("network", "foreign_port", "foreign_addr || '|' || foreign_port", "foreign_addr", IP_PORT);
    table("dns_cache", null, null, "name", "name");
    one("dns_cache", "name", DOMAIN, HOSTNAME);
    one("dns_cache", "data", IPV4, IPV6, CIDR);
    table(
        "handles",
        "pid",
        "process",
        "'pid ' || pid || ' handle ' || " + hex.formatted("CAST(handle AS BIGINT)"),
        "handle",
        "type");
    handle("Mutant", MUTEX);
    handle("Event", EVENT_NAME);
    handle("Section", SECTION_NAME);
    handle("Key", REGISTRY_KEY);
    one(
        "handles",
        "name (pipe)",
        "CASE WHEN type = 'File' AND lower(name) LIKE '%namedpipe%' THEN name END",
        "name",
        NAMED_PIPE);
    one("handles", "name (file)", "CASE WHEN type = 'File' THEN name END", "name", FILES);
    table("kernel_objects", null, null, "type || ' ' || coalesce(path, name, '')", "type", "path");
    one(
        "kernel_objects",
        "name (mutant)",
        "CASE WHEN type = 'Mutant' THEN name END",
        "name",
        MUTEX);
    one(
        "kernel_objects",
        "name (event)",
        "CASE WHEN type = 'Event' THEN name END",
        "name",
        EVENT_NAME);
    one(
        "kernel_objects",
        "name (section)",
        "CASE WHEN type = 'Section' THEN name END",
        "name",
        SECTION_NAME);
    table("services", "pid", null, "name", "name");
    one("services", "name", SERVICE_NAME);
    one("services", "display", SERVICE_DISPLAY_NAME);
    text("services", "binary");
    text("services", "binary_registry");
    table("services_registry", null, null, "name", "name");
    one("services_registry", "name", SERVICE_NAME);
    one("services_registry", "display_name", SERVICE_DISPLAY_NAME);
    text("services_registry", "image_path");
    table("scheduled_tasks", null, null, "coalesce(task_path, guid)", "task_path", "guid");
    one("scheduled_tasks", "task_path", SCHEDULED_TASK);
    text("scheduled_tasks", "command");
    text("scheduled_tasks", "arguments");
    table("registry_keys", null, null, "key", "key");
    one("registry_keys", "key", REGISTRY_KEY);
    table("registry_values", null, null, "key || ' ' || coalesce(value, '')", "key", "value");
    one("registry_values", "value", "key || '|' || value", "key", REGISTRY_VALUE);
    text("registry_values", "data_str");
    table(
        "tokens",
        "pid",
        "process",
        "'pid ' || pid || ' token ' || " + hex.formatted("token"),
        "token");
    one("tokens", "user_sid", SID);
    one("tokens", "user_name", USER_NAME);
    table("users", null, null, "coalesce(sid, user_name)", "sid", "user_name");
    one("users", "sid", SID);
    one("users", "user_name", USER_NAME);
    table("amcache", null, null, "coalesce(path, name, key)", "path", "name", "key");
    one("amcache", "sha1", SHA1);
    one("amcache", "path", FILES);
    table("shimcache", null, null, "path", "path");
    one("shimcache", "path", FILES);
    table("userassist", null, null, "coalesce(path, name)", "path", "name");
    one("userassist", "path", FILES);
    table("certificates", null, null, "sha1", "sha1");
    one("certificates", "sha1", CERTIFICATE);
    one("certificates", "sha256", CERTIFICATE);
    one("certificates", "serial", CERTIFICATE);
    table("pages", "pid", null, "'pfn ' || pfn", "pfn");
    one("pages", "page_hash", "lower(hex(page_hash))", "page_hash", PAGE_HASH);
  }

  private Targets() {}

  /** All targets, those of a table together. */
  public static List<Target> all() {
    return List.copyOf(ALL);
  }

  /** How rows of a table are told apart. */
  public static TargetTable table(String name) {
    return TABLES.get(name);
  }

  /** Why nothing in memory can show a type; empty when a table may. */
  public static String notTestable(IndicatorType type) {
    return switch (type) {
      case MD5, SHA256, SHA512, FUZZY_HASH ->
          "the bytes of a file cannot be hashed from its pages in memory; use imphash, PDB GUID or"
              + " time stamp and size instead";
      case RICH_HASH -> "no table holds the hash of Rich headers";
      case JA3 -> "fingerprints of network traffic do not stand in memory";
      case MEMORY_PATTERN -> "bytes are found by YARA rules: give it with --yara";
      default -> "";
    };
  }

  private static void table(String name, String pid, String process, String key, String... needs) {
    List<String> columns = new ArrayList<>(Arrays.asList(needs));
    if (pid != null) {
      columns.add(pid);
    }
    TABLES.put(name, new TargetTable(name, pid, process, key, columns));
  }

  private static void one(String table, String column, IndicatorType... types) {
    ALL.add(new Target(table, column, column, List.of(column), false, List.of(types)));
  }

  private static void one(
      String table, String column, String expression, String needs, IndicatorType... types) {
    ALL.add(new Target(table, column, expression, List.of(needs), false, List.of(types)));
  }

  private static void text(String table, String column) {
    ALL.add(new Target(table, column, column, List.of(column), true, List.of(IN_TEXT)));
  }

  private static void handle(String type, IndicatorType indicator) {
    String expression = "CASE WHEN type = '" + type + "' THEN name END";
    String column = "name (" + type.toLowerCase(java.util.Locale.ROOT) + ")";
    ALL.add(new Target("handles", column, expression, List.of("name"), false, List.of(indicator)));
  }
}
