package io.memlake.engine.objects.eventlog;

/** A typed value of an event: a range of the chunk's bytes. */
final class BinXmlValue {
  /** Bit of a type that makes it an array. */
  static final int ARRAY = 0x80;

  static final int NULL = 0x00;
  static final int BINARY_XML = 0x21;

  final ChunkBytes chunk;
  final int type;
  final int place;
  final int size;

  BinXmlValue(ChunkBytes chunk, int type, int place, int size) {
    this.chunk = chunk;
    this.type = type;
    this.place = place;
    this.size = size;
  }

  boolean isNull() {
    return type == NULL;
  }

  boolean isArray() {
    return (type & ARRAY) != 0;
  }

  boolean isBinaryXml() {
    return type == BINARY_XML;
  }
}
