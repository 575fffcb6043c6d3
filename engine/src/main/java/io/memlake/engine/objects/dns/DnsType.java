package io.memlake.engine.objects.dns;

import java.util.Optional;

/**
 * Types of answers whose data have one form and one length, by which a record is told from other
 * bytes. Source: windns.h, {@code DNS_TYPE_*} and the data structures of 64-bit programs.
 */
public enum DnsType {
  /** An address of IPv4. */
  A(1, 4, Form.ADDRESS),
  /** A name server. */
  NS(2, 8, Form.NAME),
  /** The name behind an alias. */
  CNAME(5, 8, Form.NAME),
  /** The name of an address. */
  PTR(12, 8, Form.NAME),
  /** A mail server with its preference. */
  MX(15, 16, Form.PREFERENCE),
  /** An address of IPv6. */
  AAAA(28, 16, Form.ADDRESS),
  /** A server with priority, weight and port. */
  SRV(33, 16, Form.SERVER),
  /** The name behind an alias of a whole domain. */
  DNAME(39, 8, Form.NAME);

  /** What the data are made of. */
  enum Form {
    ADDRESS,
    NAME,
    PREFERENCE,
    SERVER
  }

  private static final DnsType[] BY_NUMBER = new DnsType[40];

  static {
    for (DnsType type : values()) {
      BY_NUMBER[type.number] = type;
    }
  }

  private final int number;
  private final int length;
  private final Form form;

  DnsType(int number, int length, Form form) {
    this.number = number;
    this.length = length;
    this.form = form;
  }

  /** The type with this number whose data have this length; empty when there is none. */
  static Optional<DnsType> of(int number, int length) {
    DnsType type = number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    return type == null || type.length != length ? Optional.empty() : Optional.of(type);
  }

  /** Its number in messages. */
  public int number() {
    return number;
  }

  int length() {
    return length;
  }

  Form form() {
    return form;
  }
}
