package io.memlake.jobs.hunt.indicator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Forms in which values of columns and indicators meet. */
public final class Normal {
  private static final Pattern DEVICE =
      Pattern.compile(
          "^(?:/[?.][?]?/|//[?.]/)?(?:global(?:root)?/)?(?:[a-z]:|/?device/(?:harddiskvolume\\d+|mup))?");
  private static final Pattern WINDOWS =
      Pattern.compile("^(?:/?systemroot|%systemroot%|%windir%|\\$windows)(?=/)");
  private static final Pattern ADDRESS = Pattern.compile("[0-9a-f:.]+(?:%\\w+)?");
  private static final Pattern HIVE =
      Pattern.compile(
          "^/?(?:registry/machine|registry/user/[^/]+|hkey_local_machine|hklm|hkey_current_user|hkcu"
              + "|hkey_users/[^/]+|hku/[^/]+|machine|computer/hkey_local_machine)/");

  private Normal() {}

  /** The form of an indicator that columns are compared with. */
  static String forMatching(IndicatorType type, String value) {
    return switch (type) {
      case FILE_PATH, PDB_PATH -> path(value);
      case FILE_NAME, PROCESS_NAME, DRIVER_NAME -> baseName(value);
      case IPV4, IPV6 -> address(value);
      case IP_PORT -> {
        int bar = value.lastIndexOf('|');
        yield bar < 0 ? value : address(value.substring(0, bar)) + "|" + value.substring(bar + 1);
      }
      case REGISTRY_KEY -> registry(value);
      case REGISTRY_VALUE -> {
        int bar = value.indexOf('|');
        yield bar < 0 ? registry(value) : registry(value.substring(0, bar)) + value.substring(bar);
      }
      case NAMED_PIPE, MUTEX, EVENT_NAME, SECTION_NAME -> objectName(value);
      case PDB_GUID -> hexDigits(value);
      case DOMAIN, HOSTNAME -> lower(value).replaceFirst("\\.$", "");
      default -> lower(value.strip());
    };
  }

  /** Lower case, slashes, without drive or device; Windows folder by its usual name. */
  public static String path(String value) {
    String text = lower(value).replace('\\', '/').replace("\"", "");
    text = DEVICE.matcher(text).replaceFirst("");
    return WINDOWS.matcher(text).replaceFirst("/windows");
  }

  /** Last part of a path, lower case. */
  public static String baseName(String value) {
    String text = lower(value).replace('\\', '/');
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** Last part of the name of a kernel object, lower case. */
  public static String objectName(String value) {
    String text = lower(value.strip()).replace('/', '\\');
    return text.substring(text.lastIndexOf('\\') + 1);
  }

  /** Path of a registry key below its hive, lower case with slashes. */
  public static String registry(String value) {
    String text = lower(value.strip()).replace('\\', '/');
    text = HIVE.matcher(text).replaceFirst("");
    return text.replaceFirst("^/", "")
        .replaceFirst("^(?:software|system|sam|security)/", "")
        .replaceFirst("^(?:controlset\\d{3}|currentcontrolset)/", "")
        .replaceFirst("/$", "");
  }

  /** The shortest form of an address; other text in lower case. Never asks a name server. */
  public static String address(String value) {
    String text = lower(value.strip());
    if (!ADDRESS.matcher(text).matches() || text.indexOf(':') < 0) {
      return text;
    }
    try {
      int zone = text.indexOf('%');
      String plain = zone < 0 ? text : text.substring(0, zone);
      return InetAddress.getByName(plain).getHostAddress();
    } catch (UnknownHostException e) {
      return text;
    }
  }

  /** Upper-case hex digits only, for GUIDs. */
  public static String hexDigits(String value) {
    StringBuilder digits = new StringBuilder();
    for (char c : value.toUpperCase(Locale.ROOT).toCharArray()) {
      if (Character.digit(c, 16) >= 0) {
        digits.append(c);
      }
    }
    return digits.length() > 32 ? digits.substring(0, 32) : digits.toString();
  }

  static String lower(String value) {
    return value.toLowerCase(Locale.ROOT);
  }
}
