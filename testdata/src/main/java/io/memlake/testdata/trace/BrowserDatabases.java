package io.memlake.testdata.trace;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes history databases as browsers do. */
public final class BrowserDatabases {
  private static final long SINCE_1601 = 11_644_473_600_000_000L;
  private static final String URLS =
      "CREATE TABLE urls(id INTEGER PRIMARY KEY,url LONGVARCHAR,title LONGVARCHAR,visit_count"
          + " INTEGER,typed_count INTEGER,last_visit_time INTEGER,hidden INTEGER)";
  private static final String VISITS =
      "CREATE TABLE visits(id INTEGER PRIMARY KEY,url INTEGER,visit_time INTEGER,from_visit INTEGER,"
          + "transition INTEGER,segment_id INTEGER,visit_duration INTEGER)";
  private static final String DOWNLOADS =
      "CREATE TABLE downloads(id INTEGER PRIMARY KEY,guid VARCHAR,current_path LONGVARCHAR,"
          + "target_path LONGVARCHAR,start_time INTEGER,received_bytes INTEGER,total_bytes INTEGER,"
          + "state INTEGER,danger_type INTEGER,interrupt_reason INTEGER,referrer VARCHAR,tab_url"
          + " VARCHAR)";
  private static final String PLACES =
      "CREATE TABLE moz_places(id INTEGER PRIMARY KEY,url LONGVARCHAR,title LONGVARCHAR,rev_host"
          + " LONGVARCHAR,visit_count INTEGER,hidden INTEGER,typed INTEGER,frecency INTEGER,"
          + "last_visit_date INTEGER,guid TEXT)";
  private static final String PLACE_VISITS =
      "CREATE TABLE moz_historyvisits(id INTEGER PRIMARY KEY,from_visit INTEGER,place_id INTEGER,"
          + "visit_date INTEGER,visit_type INTEGER,session INTEGER)";

  private BrowserDatabases() {}

  /** The file {@code History} of Chromium: two addresses, two visits, a download. */
  public static byte[] chromium(String url, String host, Instant time) {
    long at = micros(time) + SINCE_1601;
    return new SqliteWriter(4096)
        .table(
            "urls",
            URLS,
            List.<Object[]>of(
                row(null, "https://intranet.example.org/", "Intranet", 12L, 3L, at - 1, 0L),
                row(null, url, "", 1L, 0L, at, 1L)))
        .table(
            "visits",
            VISITS,
            List.<Object[]>of(
                row(null, 1L, at - 1, 0L, 0x10000001L, 0L, 5_000_000L),
                row(null, 2L, at, 1L, 0x20000000L, 0L, 0L)))
        .table(
            "downloads",
            DOWNLOADS,
            List.<Object[]>of(
                row(
                    null,
                    "5f2c8f5e-6d0b-4a55-9c11-3f0a4f1f5a77",
                    "C:\\Users\\alice\\Downloads\\invoice.docm",
                    "C:\\Users\\alice\\Downloads\\invoice.docm",
                    at,
                    48_128L,
                    48_128L,
                    1L,
                    0L,
                    0L,
                    "https://" + host + "/",
                    url)))
        .toByteArray();
  }

  /** The file {@code places.sqlite} of Firefox, with its pages of 32 KiB. */
  public static byte[] firefox(String url, String host, Instant time) {
    long at = micros(time);
    String reversed = new StringBuilder(host).reverse() + ".";
    return new SqliteWriter(32_768)
        .table(
            "moz_places",
            PLACES,
            List.<Object[]>of(
                row(null, url, "Gate", reversed, 1L, 0L, 1L, 100L, at, "aBcDeFgHiJkL")))
        .table("moz_historyvisits", PLACE_VISITS, List.<Object[]>of(row(null, 0L, 1L, at, 2L, 0L)))
        .toByteArray();
  }

  private static Object[] row(Object... values) {
    return values;
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
