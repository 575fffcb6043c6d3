package io.memlake.engine.objects.filerecord;

/** Types of attributes that this package knows. */
public final class AttributeTypes {
  /** Times and flags. */
  public static final int STANDARD_INFORMATION = 0x10;

  /** Where the attributes of a file with several records are. */
  public static final int ATTRIBUTE_LIST = 0x20;

  /** A name and its directory. */
  public static final int FILE_NAME = 0x30;

  /** GUID of the file for links. */
  public static final int OBJECT_ID = 0x40;

  /** Label of the volume. */
  public static final int VOLUME_NAME = 0x60;

  /** Content. */
  public static final int DATA = 0x80;

  /** Entries of a small directory, or the top of a large one. */
  public static final int INDEX_ROOT = 0x90;

  /** Blocks of a large directory. */
  public static final int INDEX_ALLOCATION = 0xA0;

  /** Target of a link, or where cloud content is. */
  public static final int REPARSE_POINT = 0xC0;

  /** Marks the end of the attributes. */
  static final int END = 0xFFFF_FFFF;

  private AttributeTypes() {}
}
