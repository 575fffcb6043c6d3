package io.memlake.jobs.hunt.indicator;

import io.memlake.jobs.hunt.indicator.Indicator.Form;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which indicator a comparison of a STIX pattern is. */
final class StixPaths {
  private static final Map<String, IndicatorType> TYPES =
      Map.ofEntries(
          Map.entry("ipv4-addr:value", IndicatorType.IPV4),
          Map.entry("ipv6-addr:value", IndicatorType.IPV6),
          Map.entry("network-traffic:dst_ref.value", IndicatorType.IPV4),
          Map.entry("network-traffic:src_ref.value", IndicatorType.IPV4),
          Map.entry("domain-name:value", IndicatorType.DOMAIN),
          Map.entry("url:value", IndicatorType.URL),
          Map.entry("email-addr:value", IndicatorType.EMAIL),
          Map.entry("email-message:from_ref.value", IndicatorType.EMAIL),
          Map.entry("email-message:sender_ref.value", IndicatorType.EMAIL),
          Map.entry("file:name", IndicatorType.FILE_NAME),
          Map.entry("file:hashes.md5", IndicatorType.MD5),
          Map.entry("file:hashes.sha-1", IndicatorType.SHA1),
          Map.entry("file:hashes.sha1", IndicatorType.SHA1),
          Map.entry("file:hashes.sha-256", IndicatorType.SHA256),
          Map.entry("file:hashes.sha256", IndicatorType.SHA256),
          Map.entry("file:hashes.sha-512", IndicatorType.SHA512),
          Map.entry("file:hashes.ssdeep", IndicatorType.FUZZY_HASH),
          Map.entry("file:hashes.tlsh", IndicatorType.FUZZY_HASH),
          Map.entry("file:extensions.windows-pebinary-ext.imphash", IndicatorType.IMPHASH),
          Map.entry("file:parent_directory_ref.path", IndicatorType.FILE_PATH),
          Map.entry("directory:path", IndicatorType.FILE_PATH),
          Map.entry("mutex:name", IndicatorType.MUTEX),
          Map.entry("process:name", IndicatorType.PROCESS_NAME),
          Map.entry("process:image_ref.name", IndicatorType.PROCESS_NAME),
          Map.entry("process:binary_ref.name", IndicatorType.PROCESS_NAME),
          Map.entry("process:command_line", IndicatorType.COMMAND_LINE),
          Map.entry(
              "process:extensions.windows-service-ext.service_name", IndicatorType.SERVICE_NAME),
          Map.entry(
              "process:extensions.windows-service-ext.display_name",
              IndicatorType.SERVICE_DISPLAY_NAME),
          Map.entry("windows-registry-key:key", IndicatorType.REGISTRY_KEY),
          Map.entry("user-account:user_id", IndicatorType.USER_NAME),
          Map.entry("user-account:account_login", IndicatorType.USER_NAME),
          Map.entry("x509-certificate:hashes.sha-1", IndicatorType.CERTIFICATE),
          Map.entry("x509-certificate:serial_number", IndicatorType.CERTIFICATE),
          Map.entry(
              "network-traffic:extensions.http-request-ext.request_header.user-agent",
              IndicatorType.USER_AGENT));

  private StixPaths() {}

  static Optional<Indicator> indicator(StixPattern.Comparison comparison) {
    IndicatorType type =
        TYPES.get(comparison.path().toLowerCase(java.util.Locale.ROOT).replace("'", ""));
    if (type == null || comparison.negated()) {
      return Optional.empty();
    }
    String value = comparison.value();
    if (type == IndicatorType.IPV4 && value.indexOf('/') > 0) {
      type = IndicatorType.CIDR;
    } else if (type == IndicatorType.IPV4 && value.indexOf(':') >= 0) {
      type = IndicatorType.IPV6;
    }
    return switch (comparison.operator()) {
      case "=", "ISSUBSET" -> Optional.of(of(type, value, Form.EXACT));
      case "LIKE" ->
          Optional.of(of(type, value.replace('%', '*').replace('_', '?'), Form.WILDCARD));
      case "MATCHES" -> Optional.of(of(type, value, Form.REGEX));
      default -> Optional.empty();
    };
  }

  private static Indicator of(IndicatorType type, String value, Form form) {
    return new Indicator(type, value, form, null, "", null, null, List.of(), false, null, 1);
  }
}
