package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.artifacts.carve.DatabaseFinder.Database;
import io.memlake.engine.objects.database.DatabasePage;
import io.memlake.engine.objects.database.DatabaseRow;
import io.memlake.engine.objects.database.FreeCells;
import io.memlake.schemas.row.BrowserHistoryRow;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Rows of {@code browser_history}. A page does not say which table it belongs to, so the shape of
 * its rows decides: types of columns, addresses where addresses belong, times that are times. A
 * page whose rows disagree is no page of a history.
 */
final class BrowserRows {
  private static final int CUT = 70;
  private static final int DELETED = 60;
  private static final int SURE = 90;

  /** Chromium counts microseconds since 1601: 2005 to 2060. */
  private static final long MIN_CHROMIUM = 12_749_000_000_000_000L;

  private static final long MAX_CHROMIUM = 14_484_000_000_000_000L;

  /** Firefox counts microseconds since 1970: 2005 to 2060. */
  private static final long MIN_FIREFOX = 1_104_000_000_000_000L;

  private static final long MAX_FIREFOX = 2_840_000_000_000_000L;
  private static final long SINCE_1601 = 11_644_473_600_000_000L;
  private static final int MAX_VISIT_TYPE = 9;

  private BrowserRows() {}

  static void page(Candidate candidate, DatabaseFinder databases, RowSink<SpecificRecordBase> rows)
      throws IOException {
    byte[] bytes = candidate.bytes(candidate.inPage());
    int size = DatabasePage.size(bytes, bytes.length);
    if (size > bytes.length) {
      bytes = candidate.bytes(size);
    }
    Optional<List<DatabaseRow>> found = DatabasePage.rows(bytes, bytes.length);
    if (found.isEmpty()) {
      return;
    }
    List<BrowserHistoryRow> history = history(found.get());
    boolean spills = found.get().stream().anyMatch(row -> !row.whole() && isUrl(row.text(1)));
    if (history.size() * 2 <= found.get().size() && !spills) {
      return;
    }
    // Only now, since most pages that look like a leaf are none of a history.
    Optional<Database> database = databases.around(candidate);
    boolean free = database.isPresent() && database.get().free();
    if (database.isPresent()) {
      bytes = candidate.bytes(database.get().usable());
      found =
          DatabasePage.rows(bytes, bytes.length, database.get().usable(), database.get().pages());
      history = history(found.orElse(List.of()));
    }
    if (found.isEmpty() || history.size() * 2 <= found.get().size()) {
      return;
    }
    history.addAll(history(FreeCells.rows(bytes, bytes.length, found.get())));
    for (BrowserHistoryRow row : history) {
      candidate.stamp(row, 0);
      row.setDeleted(row.getDeleted() || free);
      row.setConfidence(row.getDeleted() ? DELETED : row.getWhole() ? SURE : CUT);
      rows.accept(row);
    }
  }

  private static List<BrowserHistoryRow> history(List<DatabaseRow> found) {
    List<BrowserHistoryRow> history = new ArrayList<>();
    for (DatabaseRow row : found) {
      BrowserHistoryRow one = new BrowserHistoryRow();
      if (address(one, row) || visit(one, row) || place(one, row) || download(one, row)) {
        history.add(one);
        one.setRowId(row.rowId());
        one.setWhole(row.whole());
        one.setDeleted(row.deleted());
      }
    }
    return history;
  }

  /** {@code urls}: id, url, title, visit_count, typed_count, last_visit_time, hidden. */
  private static boolean address(BrowserHistoryRow to, DatabaseRow row) {
    OptionalLong time = row.number(5);
    if (row.columns() < 7
        || row.columns() > 9
        || !isUrl(row.text(1))
        || row.text(2).isEmpty()
        || isWrong(row, 3)
        || isWrong(row, 4)
        || isWrong(row, 5)
        || (time.orElse(0) != 0 && !isChromium(time.getAsLong()))
        || isWrong(row, 6)) {
      return false;
    }
    totals(to, "chromium", row, 3, 4, 6);
    to.setLastVisit(chromium(time.orElse(0)));
    return true;
  }

  /**
   * {@code moz_places}: id, url, title, rev_host, visit_count, hidden, typed, frecency,
   * last_visit_date; older ones have a favicon before the frecency.
   */
  private static boolean place(BrowserHistoryRow to, DatabaseRow row) {
    if (row.columns() < 9
        || !isUrl(row.text(1))
        || row.text(3).filter(host -> host.endsWith(".")).isEmpty()
        || isWrong(row, 4)
        || isWrong(row, 5)
        || isWrong(row, 6)) {
      return false;
    }
    totals(to, "firefox", row, 4, 6, 5);
    for (int column = 8; column <= 9; column++) {
      OptionalLong time = row.number(column);
      if (time.isPresent() && isFirefox(time.getAsLong())) {
        to.setLastVisit(unix(time.getAsLong()));
        break;
      }
    }
    return true;
  }

  private static void totals(
      BrowserHistoryRow to, String browser, DatabaseRow row, int visits, int typed, int hidden) {
    to.setBrowser(browser);
    to.setRecordType("url");
    to.setUrl(row.text(1).orElseThrow());
    to.setTitle(row.text(2).filter(title -> !title.isEmpty()).orElse(null));
    to.setVisitCount(boxed(row.number(visits)));
    to.setTypedCount(boxed(row.number(typed)));
    to.setHidden(row.number(hidden).isEmpty() ? null : row.number(hidden).getAsLong() != 0);
  }

  /**
   * {@code visits}: id, url, visit_time, from_visit, transition; {@code moz_historyvisits}: id,
   * from_visit, place_id, visit_date, visit_type, session.
   */
  private static boolean visit(BrowserHistoryRow to, DatabaseRow row) {
    if (row.columns() < 5 || !row.isNull(0)) {
      return false;
    }
    OptionalLong second = row.number(2);
    OptionalLong third = row.number(3);
    OptionalLong fourth = row.number(4);
    if (row.number(1).orElse(0) > 0
        && second.isPresent()
        && isChromium(second.getAsLong())
        && !isNegative(third)
        && fourth.isPresent()) {
      visit(to, "chromium", row.number(1), third, fourth);
      to.setVisitTime(chromium(second.getAsLong()));
      return true;
    }
    long type = fourth.orElse(0);
    if (second.orElse(0) > 0
        && third.isPresent()
        && isFirefox(third.getAsLong())
        && !isNegative(row.number(1))
        && type > 0
        && type <= MAX_VISIT_TYPE) {
      visit(to, "firefox", second, row.number(1), fourth);
      to.setVisitTime(unix(third.getAsLong()));
      return true;
    }
    return false;
  }

  private static void visit(
      BrowserHistoryRow to,
      String browser,
      OptionalLong url,
      OptionalLong from,
      OptionalLong transition) {
    to.setBrowser(browser);
    to.setRecordType("visit");
    to.setUrlId(url.getAsLong());
    to.setFromVisit(from.orElse(0) == 0 ? null : from.getAsLong());
    to.setTransition(transition.getAsLong());
  }

  /**
   * {@code downloads}: id, guid, current_path, target_path, start_time, received_bytes, total_bytes
   * and more, among them the page that led to it.
   */
  private static boolean download(BrowserHistoryRow to, DatabaseRow row) {
    OptionalLong time = row.number(4);
    if (row.columns() < 12
        || row.text(1).isEmpty()
        || row.text(3).isEmpty()
        || time.isEmpty()
        || !isChromium(time.getAsLong())
        || isNegative(row.number(5))) {
      return false;
    }
    to.setBrowser("chromium");
    to.setRecordType("download");
    to.setTargetPath(row.text(3).get());
    to.setVisitTime(chromium(time.getAsLong()));
    to.setReceivedBytes(row.number(5).getAsLong());
    for (int column = 6; column < row.columns() && to.getUrl() == null; column++) {
      to.setUrl(row.text(column).filter(text -> isUrl(Optional.of(text))).orElse(null));
    }
    return true;
  }

  private static boolean isUrl(Optional<String> text) {
    int colon = text.map(one -> one.indexOf(':')).orElse(-1);
    return colon > 1 && colon < 20 && text.get().substring(0, colon).matches("[a-z][a-z0-9+-]*");
  }

  private static Long boxed(OptionalLong number) {
    return number.isEmpty() ? null : number.getAsLong();
  }

  /**
   * Whether a count is none. Of a row that goes on elsewhere, the counts behind the cut are gone.
   */
  private static boolean isWrong(DatabaseRow row, int column) {
    boolean cut = !row.whole() && row.isNull(column);
    return !cut && isNegative(row.number(column));
  }

  private static boolean isNegative(OptionalLong number) {
    return number.isEmpty() || number.getAsLong() < 0;
  }

  private static boolean isChromium(long time) {
    return time > MIN_CHROMIUM && time < MAX_CHROMIUM;
  }

  private static boolean isFirefox(long time) {
    return time > MIN_FIREFOX && time < MAX_FIREFOX;
  }

  private static Instant chromium(long time) {
    return time == 0 ? null : unix(time - SINCE_1601);
  }

  private static Instant unix(long microseconds) {
    return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }
}
