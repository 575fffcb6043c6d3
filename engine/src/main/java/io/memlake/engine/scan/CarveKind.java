package io.memlake.engine.scan;

/** What bytes that begin at some place of a page look like. Numbers stand in findings files. */
public enum CarveKind {
  /** Structure of a mounted registry hive that is larger than a page and so begins one. */
  HIVE(0),
  /** Chunk of an event log ("ElfChnk"). */
  EVENT_CHUNK(1),
  /** First of the event records of a page that does not begin a chunk. */
  EVENT_RECORDS(2),
  /** Record of an NTFS master file table ("FILE", "BAAD"). */
  FILE_RECORD(3),
  /** Block of an NTFS directory ("INDX"). */
  INDEX_RECORD(4),
  /** Prefetch file ("SCCA", or compressed "MAM"). */
  PREFETCH(5),
  /** Shell link. */
  SHORTCUT(6),
  /** Bin of a registry hive ("hbin"). */
  HIVE_BIN(7),
  /** Leaf of a table of an SQLite database. */
  DATABASE_PAGE(8),
  /** Page that may hold features as text. */
  FEATURES(9),
  /** Kerberos ticket or credential in DER. */
  TICKET(10);

  private static final CarveKind[] ALL = values();

  private final byte number;

  CarveKind(int number) {
    this.number = (byte) number;
  }

  /** Number in findings files. */
  public byte number() {
    return number;
  }

  /**
   * The kind of a number.
   *
   * @throws IndexOutOfBoundsException when there is none
   */
  public static CarveKind of(int number) {
    return ALL[number];
  }
}
