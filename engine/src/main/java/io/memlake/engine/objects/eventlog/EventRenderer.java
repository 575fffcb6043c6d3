package io.memlake.engine.objects.eventlog;

import java.util.List;

/** Renders the records of one chunk. */
final class EventRenderer {
  private final ChunkBytes chunk;
  private final BinXmlParser parser;

  EventRenderer(ChunkBytes chunk, TemplateStore store) {
    this.chunk = chunk;
    parser = new BinXmlParser(chunk, store);
  }

  /** The record whose header is at a place of the array; never fails. */
  EventRecord render(RecordHeader header, int at, EventRecord.Origin origin, long offset) {
    int from = at + RecordHeader.SIZE;
    int to = Math.min(chunk.to, at + header.size() - (header.whole() ? Integer.BYTES : 0));
    Substitutions substitutions = new Substitutions(parser);
    try {
      List<XmlNode> nodes = substitutions.resolve(parser.fragment(from, to));
      if (nodes.isEmpty()) {
        throw new BinXmlException(from - chunk.start, "binary XML without content");
      }
      boolean oneRoot = nodes.size() == 1 && nodes.get(0) instanceof XmlNode.Element;
      XmlNode root = oneRoot ? nodes.get(0) : new XmlNode.Element("Fragment", List.of(), nodes);
      String xml = XmlText.of(List.of(root));
      return new EventRecord(
          header.id(),
          header.written(),
          EventFields.system(nodes),
          EventFields.data(nodes),
          xml,
          origin,
          origin(substitutions.origin()),
          offset,
          header.whole() ? "" : "the record is cut off");
    } catch (BinXmlException e) {
      return new EventRecord(
          header.id(),
          header.written(),
          EventSystem.NONE,
          List.of(),
          "",
          origin,
          EventRecord.TemplateOrigin.LOST,
          offset,
          e.getMessage());
    }
  }

  private static EventRecord.TemplateOrigin origin(Template.Origin origin) {
    return switch (origin) {
      case CHUNK -> EventRecord.TemplateOrigin.OWN_CHUNK;
      case OTHER_CHUNK -> EventRecord.TemplateOrigin.OTHER_CHUNK;
      case MISSING -> EventRecord.TemplateOrigin.LOST;
    };
  }
}
