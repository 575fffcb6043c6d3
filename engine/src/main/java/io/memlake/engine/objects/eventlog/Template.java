package io.memlake.engine.objects.eventlog;

import java.util.List;

/**
 * A template of events, independent of the chunk that defined it.
 *
 * @param id first four bytes of its GUID, by which instances name it
 * @param nodes its content; empty when no definition was found
 * @param substitutions one more than the highest number of a value that it asks for
 * @param origin where the definition came from
 */
record Template(int id, List<XmlNode> nodes, int substitutions, Origin origin) {

  /** Where a definition was found. */
  enum Origin {
    /** In the chunk of the record, as the format has it. */
    CHUNK,
    /** In another chunk that has a template of this number. */
    OTHER_CHUNK,
    /** Nowhere. */
    MISSING
  }

  static Template missing(int id) {
    return new Template(id, List.of(), 0, Origin.MISSING);
  }

  Template fromOtherChunk() {
    return new Template(id, nodes, substitutions, Origin.OTHER_CHUNK);
  }
}
