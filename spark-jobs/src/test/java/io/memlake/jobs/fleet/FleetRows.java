package io.memlake.jobs.fleet;

import io.memlake.schemas.Column;
import io.memlake.schemas.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/**
 * Rows of a small fleet of hosts H0, H1 and so on. What two hosts share, what one has alone and
 * what all have is told by the number of the host.
 */
final class FleetRows {
  /** Tables that hosts have rows in. */
  static final List<String> TABLES =
      List.of(
          "findings",
          "handles",
          "hashdump",
          "hosts",
          "kernel_modules",
          "modules",
          "network",
          "pages",
          "processes",
          "services",
          "users");

  private static final String LIVE = "; state=running; create_time=";

  private FleetRows() {}

  /** The rows of a table on one host, sorted. */
  static List<IndexedRecord> of(Table table, int host) {
    List<IndexedRecord> rows = new ArrayList<>();
    for (String line : lines(table.name(), host)) {
      rows.add(row(table, "H" + host, line));
    }
    rows.sort(table.order());
    return rows;
  }

  private static List<String> lines(String table, int host) {
    return switch (table) {
      case "processes" -> processes(host);
      case "modules" ->
          List.of(
              "pid=100; process=p.exe; name=ntdll.dll; path=C:\\Windows\\v"
                  + host % 3
                  + "\\ntdll.dll; base="
                  + base(host)
                  + "; size=32768; timestamp=77; bits=64; wow64=false");
      case "kernel_modules" ->
          host == 2
              ? List.of(
                  "name=a.sys; path=\\SystemRoot\\a.sys; in_list=true",
                  "name=rare.sys; path=\\??\\C:\\Windows\\Temp\\rare.sys; in_list=true")
              : List.of("name=a.sys; path=\\SystemRoot\\a.sys; in_list=true");
      case "handles" ->
          List.of(
              "pid=100; process=p.exe; object=5; type=Mutant; name=\\BaseNamedObjects\\m"
                  + host / 2,
              "pid=100; process=p.exe; object=6; type=Event; name=\\BaseNamedObjects\\E" + host / 2,
              "pid=100; process=p.exe; object=7; type=Section; name=\\Sessions\\s" + host / 2,
              "pid=100; process=p.exe; object=8; type=File; name=\\Device\\NamedPipe\\n" + host / 2,
              "pid=101; process=q.exe; object=-640; type=Process; granted_access=16");
      case "network" ->
          List.of(
              tcp(host, 50_000 + host, "10.0.0." + (host + 1), 445, "100; owner=p.exe"),
              tcp(host, 445, "10.0.0." + (host - 1), 50_000 + host - 1, "4; owner=System"),
              "proto=TCPv4; local_addr=0.0.0.0; state=LISTENING; pid=4; owner=System; local_port="
                  + (host == 1 ? 4444 : 135));
      case "services" ->
          List.of("state=running; binary=C:\\a.exe; name=" + (host == 4 ? "Evil" : "Spooler"));
      case "users" -> List.of("user_name=Admin; sid=S-1-5-21-1-2-3-500");
      case "hashdump" ->
          List.of(
              "user_name=Admin; rid=500; nt_hash=" + (host < 2 ? "aa" : "b" + host),
              "user_name=Guest; rid=501; nt_hash=31d6cfe0d16ae931b73c59d7e0c089c0");
      case "findings" ->
          List.of(
              "rule_uid=R1; status=New; risk_score=" + 10 * host + "; severity_id=4",
              "rule_uid=R1; status=New; risk_score=5; severity_id=3",
              "rule_uid=R2; status=Suppressed; risk_score=90; severity_id=5");
      case "pages" -> pages(host);
      default -> List.of("ram_bytes=1");
    };
  }

  private static List<String> processes(int host) {
    Random random = new Random(host);
    List<String> lines = new ArrayList<>();
    lines.add("pid=4; image_file_name=System" + LIVE + "0");
    lines.add("pid=640; ppid=4; image_file_name=lsass.exe; eprocess=-640" + LIVE + "1");
    for (int i = 0; i < 4; i++) {
      lines.add(
          "pid="
              + (100 + i)
              + "; ppid="
              + (i == 0 ? 4 : 100)
              + "; image_file_name=p"
              + random.nextInt(5)
              + ".exe; kernel_path=\\Device\\HarddiskVolume"
              + host
              + "\\Users\\u"
              + host
              + "\\p"
              + random.nextInt(9)
              + ".exe; command_line=a long command line number "
              + random.nextInt(4)
              + "; eprocess="
              + (-1 - i)
              + LIVE
              + "5");
    }
    return lines;
  }

  /** A page of zeros, five pages that all hosts have, others that few have, and code. */
  private static List<String> pages(int host) {
    String code = "; origin=present; page_hash2=1; executable=true; user_mode=true";
    List<String> lines = new ArrayList<>();
    lines.add("pfn=1; kind=zero; page_hash=0; page_hash2=0; origin=present");
    for (int i = 0; i < 4; i++) {
      lines.add(
          "kind=data; page_hash2=1; origin=present; pfn=" + (2 + i) + "; page_hash=" + (100 + i));
    }
    lines.add(
        "pfn=7; kind=data; page_hash2=1; origin=present; page_hash="
            + (host < 2 ? 555 : 600 + host));
    lines.add(
        "pfn=8; kind=data; writable=true; pid=101; va=9437184; page_hash=" + (700 + host) + code);
    lines.add(
        "pfn=9; kind=data; writable=false; pid=100; va="
            + (base(host) + 0x2000)
            + "; page_hash="
            + (host == 3 ? 888 : 800)
            + code);
    return lines;
  }

  private static long base(int host) {
    return 0x10000L * (host + 1);
  }

  private static String tcp(int host, int port, String foreign, int foreignPort, String owner) {
    return "proto=TCPv4; state=ESTABLISHED; local_addr=10.0.0."
        + host
        + "; local_port="
        + port
        + "; foreign_addr="
        + foreign
        + "; foreign_port="
        + foreignPort
        + "; pid="
        + owner;
  }

  private static IndexedRecord row(Table table, String host, String line) {
    Schema schema = table.avro();
    GenericData.Record row = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      if (!field.schema().isNullable()) {
        row.put(
            field.pos(),
            switch (field.schema().getType()) {
              case INT -> 0;
              case LONG -> 0L;
              case BOOLEAN -> false;
              case DOUBLE -> 0.0;
              case ARRAY -> List.of();
              default -> "x";
            });
      }
    }
    row.put("case_id", "default");
    row.put("host", host);
    row.put("confidence", 100);
    for (String cell : line.split("; ", -1)) {
      int equals = cell.indexOf('=');
      Column column = table.column(cell.substring(0, equals)).orElseThrow();
      row.put(column.name(), value(column, cell.substring(equals + 1)));
    }
    return row;
  }

  private static Object value(Column column, String text) {
    return switch (column.type()) {
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case BOOLEAN -> Boolean.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      case TIMESTAMP -> Instant.ofEpochSecond(Long.parseLong(text));
      default -> text;
    };
  }
}
