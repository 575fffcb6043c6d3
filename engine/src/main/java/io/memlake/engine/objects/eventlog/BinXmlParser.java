package io.memlake.engine.objects.eventlog;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the binary XML of one chunk.
 *
 * <pre>
 * fragment   = 0F 01 01 flags:1 ( element | instance ) 00
 * element    = 01|41 [dependency:2] size:4 name:4 [attributes:4 { attribute }] 03 | 02 { content } 04
 * attribute  = 06|46 name:4 value        value, content = text | reference | substitution | element …
 * text       = 05|45 01 count:2 chars    substitution = 0D|0E index:2 type:1
 * instance   = 0C 01 id:4 definition:4 [next:4 guid:16 size:4 fragment] count:4 { size:2 type:1 0 } values
 * name       = offset of: next:4 hash:2 count:2 chars 0:2, which stands at its first use itself
 * </pre>
 *
 * Bit 40 of a token says that more of the same follows; attribute lists are read by token, so that
 * their length need not be trusted. The dependency field is missing inside values that are binary
 * XML themselves; which form a place has is decided by which of the two leads to a name.
 */
final class BinXmlParser {
  /** Elements inside elements, templates inside values. */
  private static final int MAX_DEPTH = 32;

  /** Pieces of one fragment; a chunk of 64 KiB cannot hold more. */
  private static final int MAX_NODES = 16_384;

  private static final int MORE = 0x40;
  private static final int DEFINITION_HEADER = 24;
  private static final int MAX_VALUES = 4096;

  private final ChunkBytes chunk;
  private final TemplateStore store;
  private final Map<Integer, Template> templates = new HashMap<>();
  private int at;
  private int limit;
  private int nodes;
  private int depth;

  BinXmlParser(ChunkBytes chunk, TemplateStore store) {
    this.chunk = chunk;
    this.store = store;
  }

  /** The pieces of the fragment between two places of the array. */
  List<XmlNode> fragment(int from, int to) throws BinXmlException {
    int savedAt = at;
    int savedLimit = limit;
    int savedDepth = depth;
    if (depth >= MAX_DEPTH) {
      throw new BinXmlException(from - chunk.start, "binary XML nested too deep");
    }
    if (depth++ == 0) {
      nodes = 0;
    }
    try {
      chunk.need(from, to - from);
      at = from;
      limit = to;
      return content(false);
    } finally {
      at = savedAt;
      limit = savedLimit;
      depth = savedDepth;
    }
  }

  /** Content up to the end of an element, or of the fragment. */
  private List<XmlNode> content(boolean insideElement) throws BinXmlException {
    List<XmlNode> found = new ArrayList<>();
    while (insideElement || at < limit) {
      if (++nodes > MAX_NODES) {
        throw error("more pieces than a record can hold");
      }
      int token = u8();
      switch (token & ~MORE) {
        case 0x00 -> {
          if (insideElement) {
            throw error("the end inside an element");
          }
          return found;
        }
        case 0x01 -> found.add(element((token & MORE) != 0));
        case 0x04 -> {
          if (!insideElement) {
            throw error("an end without a start");
          }
          return found;
        }
        case 0x0A -> {
          String target = name();
          String data = (peek() & ~MORE) == 0x0B ? instruction() : "";
          found.add(new XmlNode.Instruction(target, data));
        }
        case 0x0C -> found.add(instance());
        case 0x0F -> skip(3);
        default -> found.add(piece(token));
      }
    }
    return found;
  }

  private String instruction() throws BinXmlException {
    skip(1);
    return text();
  }

  /** What may stand in content and in attributes. */
  private XmlNode piece(int token) throws BinXmlException {
    return switch (token & ~MORE) {
      case 0x05 -> {
        int type = u8();
        if (type != 0x01) {
          throw error("a text of type " + type);
        }
        yield new XmlNode.Text(text());
      }
      case 0x07 -> new XmlNode.CharacterData(text());
      case 0x08 -> new XmlNode.Reference("#" + u16());
      case 0x09 -> new XmlNode.Reference(name());
      case 0x0D -> new XmlNode.Substitution(u16(), u8(), false);
      case 0x0E -> new XmlNode.Substitution(u16(), u8(), true);
      default -> throw error("the token " + token);
    };
  }

  private XmlNode element(boolean hasAttributes) throws BinXmlException {
    if (++depth > MAX_DEPTH) {
      throw error("elements nested too deep");
    }
    // The dependency field comes before the size; without it the name comes two bytes earlier.
    if (nameAt(at + 6)) {
      skip(6);
    } else if (nameAt(at + 4)) {
      skip(4);
    } else {
      throw error("an element without a name");
    }
    String name = name();
    List<XmlNode.Attribute> attributes = new ArrayList<>();
    if (hasAttributes) {
      skip(Integer.BYTES);
      while ((peek() & ~MORE) == 0x06) {
        attributes.add(attribute());
      }
    }
    List<XmlNode> children =
        switch (u8()) {
          case 0x02 -> content(true);
          case 0x03 -> List.of();
          default -> throw error("a start without its end");
        };
    depth--;
    return new XmlNode.Element(name, attributes, children);
  }

  private XmlNode.Attribute attribute() throws BinXmlException {
    if (++nodes > MAX_NODES) {
      throw error("more pieces than a record can hold");
    }
    skip(1);
    String name = name();
    List<XmlNode> value = new ArrayList<>();
    while (isPiece(peek() & ~MORE)) {
      value.add(piece(u8()));
    }
    return new XmlNode.Attribute(name, value);
  }

  private static boolean isPiece(int token) {
    return token == 0x05 || token == 0x08 || token == 0x09 || token == 0x0D || token == 0x0E;
  }

  private XmlNode instance() throws BinXmlException {
    skip(1);
    int id = i32();
    int definition = i32();
    int place = chunk.place(Integer.toUnsignedLong(definition));
    if (place == at) {
      chunk.need(at, DEFINITION_HEADER);
      long size = LittleEndian.u32(chunk.bytes, at + DEFINITION_HEADER - Integer.BYTES);
      if (size > limit - at - DEFINITION_HEADER) {
        throw error("a template of " + size + " bytes");
      }
      skip(DEFINITION_HEADER + (int) size);
    }
    List<BinXmlValue> values = values();
    Template template = templates.get(definition);
    if (template == null) {
      template = define(id, place);
      templates.put(definition, template);
    }
    if (template.origin() == Template.Origin.MISSING) {
      template = store.find(id, values.size()).orElse(template);
    }
    return new XmlNode.Instance(template, values);
  }

  /** Reads a definition; a missing one when it is not there or makes no sense. */
  private Template define(int id, int place) {
    if (place < 0
        || !chunk.has(place, DEFINITION_HEADER)
        || LittleEndian.i32(chunk.bytes, place + Integer.BYTES) != id) {
      return Template.missing(id);
    }
    long size = LittleEndian.u32(chunk.bytes, place + DEFINITION_HEADER - Integer.BYTES);
    if (size > chunk.to - place - DEFINITION_HEADER) {
      return Template.missing(id);
    }
    try {
      int from = place + DEFINITION_HEADER;
      List<XmlNode> content = fragment(from, from + (int) size);
      Template template =
          new Template(id, content, Substitutions.count(content), Template.Origin.CHUNK);
      store.learn(template);
      return template;
    } catch (BinXmlException e) {
      // What is wrong with a definition is the same for all its events: they keep their values.
      return Template.missing(id);
    }
  }

  private List<BinXmlValue> values() throws BinXmlException {
    int count = i32();
    if (count < 0 || count > MAX_VALUES) {
      throw error(count + " values");
    }
    int descriptors = at;
    skip(count * Integer.BYTES);
    List<BinXmlValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int size = LittleEndian.u16(chunk.bytes, descriptors + i * Integer.BYTES);
      int type = LittleEndian.u8(chunk.bytes, descriptors + i * Integer.BYTES + 2);
      values.add(new BinXmlValue(chunk, type, at, size));
      skip(size);
    }
    return values;
  }

  /** Whether the offset at a place leads to a name, here or elsewhere in the chunk. */
  private boolean nameAt(int place) {
    return place + Integer.BYTES <= limit
        && chunk.has(place, Integer.BYTES)
        && chunk.isName(chunk.place(LittleEndian.u32(chunk.bytes, place)));
  }

  private String name() throws BinXmlException {
    int place = chunk.place(Integer.toUnsignedLong(i32()));
    if (!chunk.isName(place)) {
      throw error("a name that is not there");
    }
    if (place == at) {
      skip(chunk.nameSize(place));
    }
    return chunk.name(place);
  }

  private String text() throws BinXmlException {
    int size = u16() * Character.BYTES;
    int from = at;
    skip(size);
    return Utf16.text(chunk.bytes, from, size);
  }

  private int peek() {
    return at < limit ? LittleEndian.u8(chunk.bytes, at) : -1;
  }

  private int u8() throws BinXmlException {
    skip(1);
    return LittleEndian.u8(chunk.bytes, at - 1);
  }

  private int u16() throws BinXmlException {
    skip(Short.BYTES);
    return LittleEndian.u16(chunk.bytes, at - Short.BYTES);
  }

  private int i32() throws BinXmlException {
    skip(Integer.BYTES);
    return LittleEndian.i32(chunk.bytes, at - Integer.BYTES);
  }

  private void skip(int count) throws BinXmlException {
    if (count > limit - at) {
      throw error("the end of the bytes");
    }
    at += count;
  }

  private BinXmlException error(String what) {
    return new BinXmlException(at - chunk.start, "binary XML has " + what);
  }
}
