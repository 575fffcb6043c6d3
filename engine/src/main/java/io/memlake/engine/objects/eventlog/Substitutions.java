package io.memlake.engine.objects.eventlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the values of instances into their templates.
 *
 * <p>An optional value that is null takes its element or attribute with it. An array that is the
 * only content of an element repeats the element for each item. A value that is binary XML becomes
 * the elements that it holds.
 */
final class Substitutions {
  /** Pieces that one record may grow to: its values can be used more than once. */
  private static final int MAX_NODES = 65_536;

  private static final int MAX_DEPTH = 32;

  private final BinXmlParser parser;
  private final Map<BinXmlValue, List<XmlNode>> parsed = new HashMap<>();
  private int nodes;
  private int characters;
  private int depth;
  private Template.Origin origin = Template.Origin.CHUNK;

  Substitutions(BinXmlParser parser) {
    this.parser = parser;
  }

  /** The worst origin of all templates that were used. */
  Template.Origin origin() {
    return origin;
  }

  /** One more than the highest number of a value that the pieces ask for. */
  static int count(List<XmlNode> content) {
    int count = 0;
    for (XmlNode node : content) {
      if (node instanceof XmlNode.Substitution substitution) {
        count = Math.max(count, substitution.index() + 1);
      } else if (node instanceof XmlNode.Element element) {
        count = Math.max(count, count(element.children()));
        for (XmlNode.Attribute attribute : element.attributes()) {
          count = Math.max(count, count(attribute.value()));
        }
      }
    }
    return count;
  }

  /** The pieces without substitutions and instances. */
  List<XmlNode> resolve(List<XmlNode> content) throws BinXmlException {
    return resolve(content, List.of());
  }

  private List<XmlNode> resolve(List<XmlNode> content, List<BinXmlValue> values)
      throws BinXmlException {
    if (++depth > MAX_DEPTH) {
      throw new BinXmlException(0, "values nested too deep");
    }
    List<XmlNode> resolved = new ArrayList<>(content.size());
    for (XmlNode node : content) {
      add(node, values, resolved);
    }
    depth--;
    return resolved;
  }

  private void add(XmlNode node, List<BinXmlValue> values, List<XmlNode> resolved)
      throws BinXmlException {
    if (++nodes > MAX_NODES) {
      throw new BinXmlException(0, "an event larger than its limit");
    }
    if (node instanceof XmlNode.Element element) {
      element(element, values, resolved);
    } else if (node instanceof XmlNode.Substitution substitution) {
      substitute(substitution, values, resolved);
    } else if (node instanceof XmlNode.Instance instance) {
      instance(instance, resolved);
    } else {
      resolved.add(node);
    }
  }

  private void instance(XmlNode.Instance instance, List<XmlNode> resolved) throws BinXmlException {
    Template template = instance.template();
    if (template.origin().compareTo(origin) > 0) {
      origin = template.origin();
    }
    if (template.origin() == Template.Origin.MISSING) {
      resolved.add(bare(instance));
    } else {
      resolved.addAll(resolve(template.nodes(), instance.values()));
    }
  }

  /** Values whose template is lost, in their order. */
  private XmlNode bare(XmlNode.Instance instance) throws BinXmlException {
    List<XmlNode> data = new ArrayList<>();
    for (int i = 0; i < instance.values().size(); i++) {
      BinXmlValue value = instance.values().get(i);
      List<XmlNode> inside = new ArrayList<>();
      insert(value, inside);
      data.add(
          new XmlNode.Element(
              LostTemplate.VALUE,
              List.of(
                  attribute(LostTemplate.INDEX, Integer.toString(i)),
                  attribute(LostTemplate.TYPE, Integer.toString(value.type))),
              inside));
    }
    return new XmlNode.Element(LostTemplate.VALUES, List.of(), data);
  }

  private static XmlNode.Attribute attribute(String name, String value) {
    return new XmlNode.Attribute(name, List.of(new XmlNode.Text(value)));
  }

  private void element(XmlNode.Element element, List<BinXmlValue> values, List<XmlNode> resolved)
      throws BinXmlException {
    XmlNode.Substitution only =
        element.children().size() == 1
                && element.children().get(0) instanceof XmlNode.Substitution substitution
            ? substitution
            : null;
    BinXmlValue value = only == null ? null : value(only, values);
    if (only != null && only.optional() && (value == null || value.isNull())) {
      return;
    }
    List<XmlNode.Attribute> attributes = attributes(element, values);
    if (value != null && value.isArray()) {
      for (String item : ValueRendering.items(value)) {
        if (++nodes > MAX_NODES) {
          throw new BinXmlException(0, "an event larger than its limit");
        }
        charge(item.length());
        List<XmlNode> text = item.isEmpty() ? List.of() : List.of(new XmlNode.Text(item));
        resolved.add(new XmlNode.Element(element.name(), attributes, text));
      }
    } else {
      resolved.add(
          new XmlNode.Element(element.name(), attributes, resolve(element.children(), values)));
    }
  }

  private List<XmlNode.Attribute> attributes(XmlNode.Element element, List<BinXmlValue> values)
      throws BinXmlException {
    List<XmlNode.Attribute> attributes = new ArrayList<>();
    for (XmlNode.Attribute attribute : element.attributes()) {
      List<XmlNode> value = resolve(attribute.value(), values);
      if (!value.isEmpty() || attribute.value().isEmpty()) {
        attributes.add(new XmlNode.Attribute(attribute.name(), value));
      }
    }
    return attributes;
  }

  private void substitute(
      XmlNode.Substitution substitution, List<BinXmlValue> values, List<XmlNode> resolved)
      throws BinXmlException {
    BinXmlValue value = value(substitution, values);
    if (value != null) {
      insert(value, resolved);
    }
  }

  private void insert(BinXmlValue value, List<XmlNode> resolved) throws BinXmlException {
    if (value.isNull()) {
      return;
    }
    if (value.isBinaryXml()) {
      if (value.size > 0) {
        List<XmlNode> inside = parsed.get(value);
        if (inside == null) {
          inside = parser.fragment(value.place, value.place + value.size);
          parsed.put(value, inside);
        }
        resolved.addAll(resolve(inside, List.of()));
      }
      return;
    }
    String text = ValueRendering.text(value);
    if (!text.isEmpty()) {
      charge(text.length());
      resolved.add(new XmlNode.Text(text));
    }
  }

  private void charge(int length) throws BinXmlException {
    characters += length;
    if (characters > XmlText.MAX_CHARACTERS) {
      throw new BinXmlException(0, "an event longer than its limit");
    }
  }

  private static BinXmlValue value(XmlNode.Substitution substitution, List<BinXmlValue> values) {
    return substitution.index() < values.size() ? values.get(substitution.index()) : null;
  }
}
