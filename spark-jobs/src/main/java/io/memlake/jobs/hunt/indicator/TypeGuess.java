package io.memlake.jobs.hunt.indicator;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells the type of a value that comes without one. */
final class TypeGuess {
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
  private static final Pattern PORT = Pattern.compile("[:|](\\d{1,5})");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "(?:[a-zA-Z0-9_](?:[a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?\\.)+(?:[a-zA-Z]{2,24}|xn--[a-zA-Z0-9-]+)\\.?");
  private static final Pattern FILE =
      Pattern.compile(
          ".+\\.(?:exe|dll|sys|ocx|cpl|scr|ps1|psm1|bat|cmd|vbs|vbe|js|jse|hta|lnk|bin|dat|tmp|doc|docm|docx|xls|xlsm|xlsx|pdf|zip|rar|7z|iso|img|msi|jar|py|drv)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PATH =
      Pattern.compile("(?:[a-zA-Z]:|\\\\|%\\w+%|\\\\\\?\\?)?\\\\?[^<>\":|/]*\\\\[^<>\":|/]*");
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]+");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[a-zA-Z]{2,24}");
  private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]{1,9}://\\S+");
  private static final Pattern SID = Pattern.compile("S-1-\\d+(?:-\\d+)+");
  private static final Pattern BTC =
      Pattern.compile("(?:[13][1-9A-HJ-NP-Za-km-z]{25,34}|bc1[0-9a-z]{11,71})");
  private static final Pattern GUID =
      Pattern.compile("\\{?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}}?");

  private TypeGuess() {}

  static Optional<IndicatorType> of(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    if (lower.startsWith("hklm")
        || lower.startsWith("hkcu")
        || lower.startsWith("hkey_")
        || lower.startsWith("\\registry\\")) {
      return Optional.of(IndicatorType.REGISTRY_KEY);
    }
    if (lower.startsWith("\\\\.\\pipe\\") || lower.startsWith("\\device\\namedpipe\\")) {
      return Optional.of(IndicatorType.NAMED_PIPE);
    }
    if (lower.startsWith("\\basenamedobjects\\")
        || lower.startsWith("global\\")
        || lower.startsWith("local\\")) {
      return Optional.of(IndicatorType.MUTEX);
    }
    if (HASH.matcher(value).matches()) {
      Optional<IndicatorType> hash =
          switch (value.length()) {
            case 32 -> Optional.of(IndicatorType.MD5);
            case 40 -> Optional.of(IndicatorType.SHA1);
            case 64 -> Optional.of(IndicatorType.SHA256);
            case 128 -> Optional.of(IndicatorType.SHA512);
            default -> Optional.empty();
          };
      if (hash.isPresent()) {
        return hash;
      }
    }
    if (URL.matcher(value).matches()) {
      return Optional.of(IndicatorType.URL);
    }
    int slash = value.indexOf('/');
    if (slash > 0
        && isAddress(value.substring(0, slash))
        && value.substring(slash + 1).matches("\\d{1,3}")) {
      return Optional.of(IndicatorType.CIDR);
    }
    if (IPV4.matcher(value).matches()) {
      return Optional.of(IndicatorType.IPV4);
    }
    java.util.regex.Matcher port = PORT.matcher(value);
    if (port.find()
        && IPV4.matcher(value.substring(0, port.start())).matches()
        && port.end() == value.length()) {
      return Optional.of(IndicatorType.IP_PORT);
    }
    if (IPV6.matcher(value).matches()) {
      return Optional.of(IndicatorType.IPV6);
    }
    if (EMAIL.matcher(value).matches()) {
      return Optional.of(IndicatorType.EMAIL);
    }
    if (SID.matcher(value).matches()) {
      return Optional.of(IndicatorType.SID);
    }
    if (GUID.matcher(value).matches()) {
      return Optional.of(IndicatorType.PDB_GUID);
    }
    if (PATH.matcher(value).matches() || (slash >= 0 && FILE.matcher(value).matches())) {
      return Optional.of(IndicatorType.FILE_PATH);
    }
    if (slash < 0 && FILE.matcher(value).matches()) {
      return Optional.of(IndicatorType.FILE_NAME);
    }
    if (DOMAIN.matcher(value).matches()) {
      return Optional.of(IndicatorType.DOMAIN);
    }
    if (slash > 0 && DOMAIN.matcher(value.substring(0, slash)).matches()) {
      return Optional.of(IndicatorType.URL);
    }
    return BTC.matcher(value).matches() ? Optional.of(IndicatorType.BTC) : Optional.empty();
  }

  static boolean isAddress(String value) {
    return IPV4.matcher(value).matches()
        || (value.indexOf(':') >= 0 && IPV6.matcher(value).matches());
  }
}
