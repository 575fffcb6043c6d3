package io.memlake.jobs.web;

import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.output.CellText;
import io.memlake.jobs.output.ResultColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values of an answer as a page shall write them, told without the script of the page. */
final class ShownText {
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
  private static final Pattern ID = Pattern.compile("(.*_)?(pid|ppid|tid|port|build|id)");
  private static final List<String> SIZES = List.of("bytes", "ram_bytes", "size");
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
  private static final long MAX_EXACT = 1L << 53;

  private ShownText() {}

  /** A heading. */
  static String heading(String column) {
    return column.replace('_', ' ');
  }

  /** A value of a column. */
  static String of(Object value, ResultColumn column) {
    return column.hex() && value instanceof Long number
        ? Hex.address(number)
        : of(value, column.name());
  }

  private static String of(Object value, String column) {
    if (value == null) {
      return "–";
    }
    if (value instanceof Boolean flag) {
      return flag ? "yes" : "no";
    }
    if (value instanceof List<?> list) {
      String between = column.equals("attack_technique") ? " " : ", ";
      return list.stream().map(one -> of(one, column)).collect(Collectors.joining(between));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + of(entry.getValue(), column))
          .collect(Collectors.joining(", "));
    }
    if (value instanceof Number number) {
      return number(number, column);
    }
    String text = value.toString();
    return TIME.matcher(text).matches()
        ? text.replace('T', ' ').replace("Z", "")
        : CellText.printable(text);
  }

  private static String number(Number number, String column) {
    if (number instanceof Long whole && Math.abs(whole) >= MAX_EXACT) {
      return whole.toString();
    }
    if (SIZES.contains(column)) {
      return bytes(number.doubleValue());
    }
    if (ID.matcher(column).matches()) {
      return number.toString();
    }
    NumberFormat format = NumberFormat.getNumberInstance(Locale.US);
    format.setMaximumFractionDigits(3);
    return format.format(new BigDecimal(number.toString()).setScale(3, RoundingMode.HALF_UP));
  }

  private static String bytes(double size) {
    double left = size;
    int unit = 0;
    while (left >= 1024 && unit < UNITS.size() - 1) {
      left /= 1024;
      unit++;
    }
    return (unit == 0 ? String.valueOf((long) left) : String.format(Locale.ROOT, "%.1f", left))
        + " "
        + UNITS.get(unit);
  }
}
