package io.memlake.jobs.evidence;

import java.util.ArrayList;
import java.util.List;

/** Reads CSV as RFC 4180 has it, with any line ends and a byte order mark before it. */
final class CsvReader {
  private final String text;
  private int at;

  private CsvReader(String text) {
    this.text = text;
  }

  /** All rows that are not empty. */
  static List<List<String>> read(String text) {
    CsvReader reader = new CsvReader(text.startsWith("\uFEFF") ? text.substring(1) : text);
    List<List<String>> rows = new ArrayList<>();
    while (reader.at < reader.text.length()) {
      List<String> row = reader.row();
      if (row.size() > 1 || !row.get(0).isBlank()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private List<String> row() {
    List<String> cells = new ArrayList<>();
    while (true) {
      cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
      if (at >= text.length() || text.charAt(at) != ',') {
        break;
      }
      at++;
    }
    while (at < text.length() && (text.charAt(at) == '\r' || text.charAt(at) == '\n')) {
      at++;
    }
    return cells;
  }

  private String plain() {
    int start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder cell = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        cell.append(c);
      } else if (at < text.length() && text.charAt(at) == '"') {
        cell.append('"');
        at++;
      } else {
        break;
      }
    }
    return cell + plain();
  }
}
