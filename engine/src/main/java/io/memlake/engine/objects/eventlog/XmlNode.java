package io.memlake.engine.objects.eventlog;

import java.util.List;

/** A piece of an event; substitutions stand where a template leaves room for a value. */
sealed interface XmlNode {

  /**
   * An element.
   *
   * @param name its name
   * @param attributes in their order
   * @param children in their order
   */
  record Element(String name, List<Attribute> attributes, List<XmlNode> children)
      implements XmlNode {}

  /**
   * An attribute.
   *
   * @param name its name
   * @param value pieces of its value: text, references, substitutions
   */
  record Attribute(String name, List<XmlNode> value) {}

  /** Text that is to be escaped. */
  record Text(String text) implements XmlNode {}

  /** A character or entity reference: what stands between {@code &} and {@code ;}. */
  record Reference(String name) implements XmlNode {}

  /** A CDATA section. */
  record CharacterData(String text) implements XmlNode {}

  /** A processing instruction. */
  record Instruction(String target, String data) implements XmlNode {}

  /**
   * Room for a value.
   *
   * @param index number of the value
   * @param type type that the template expects
   * @param optional whether the element vanishes when the value is null
   */
  record Substitution(int index, int type, boolean optional) implements XmlNode {}

  /**
   * A template with its values.
   *
   * @param template empty pieces when the definition could not be found
   * @param values what its substitutions stand for
   */
  record Instance(Template template, List<BinXmlValue> values) implements XmlNode {}
}
