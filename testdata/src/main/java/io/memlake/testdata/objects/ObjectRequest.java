package io.memlake.testdata.objects;

import java.util.EnumSet;
import java.util.Set;

/** What a new object shall be like. */
public final class ObjectRequest {

  private static final int NO_STRADDLE = 0;

  final String type;
  final int bodySize;
  final Set<OptionalHeader> headers = EnumSet.noneOf(OptionalHeader.class);
  int alignment = 16;
  int pointerCount = 1;
  int handleCount;
  int bodyBytesInFirstPage = NO_STRADDLE;
  String name;
  long directory;

  /**
   * An object without name, quota or handles.
   *
   * @param type name of its object type
   * @param bodySize bytes of the object itself
   */
  public ObjectRequest(String type, int bodySize) {
    this.type = type;
    this.bodySize = bodySize;
  }

  /** Records quota charges in a header. */
  public ObjectRequest quota() {
    headers.add(OptionalHeader.QUOTA_INFO);
    return this;
  }

  /** Records who has handles in a header. */
  public ObjectRequest handleInfo() {
    headers.add(OptionalHeader.HANDLE_INFO);
    return this;
  }

  /** Adds the header of builds that know it; older ones have no such bit. */
  public ObjectRequest extended() {
    headers.add(OptionalHeader.EXTENDED_INFO);
    return this;
  }

  /** Records the creator in a header. */
  public ObjectRequest creator() {
    headers.add(OptionalHeader.CREATOR_INFO);
    return this;
  }

  /**
   * Gives the object a name.
   *
   * @param directory body of the directory object that holds it, or 0
   */
  public ObjectRequest named(String text, long directory) {
    headers.add(OptionalHeader.NAME_INFO);
    this.name = text;
    this.directory = directory;
    return this;
  }

  /** Aligns the object itself; padding goes in front of the headers. */
  public ObjectRequest aligned(int bytes) {
    alignment = bytes;
    return this;
  }

  /** How often handles and pointers refer to the object. */
  public ObjectRequest counts(int pointers, int handles) {
    pointerCount = pointers;
    handleCount = handles;
    return this;
  }

  /** Lets the object cross a page: this many of its bytes stay in the first one. */
  public ObjectRequest straddling(int bytesInFirstPage) {
    bodyBytesInFirstPage = bytesInFirstPage;
    return this;
  }
}
