package io.memlake.engine.objects.eventlog;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes pieces of XML as one line of well-formed text. */
final class XmlText {
  /** Characters of one event; a record has at most 64 KiB, values can be used more than once. */
  static final int MAX_CHARACTERS = 1 << 20;

  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder out = new StringBuilder(1024);

  private XmlText() {}

  static String of(List<XmlNode> nodes) throws BinXmlException {
    XmlText text = new XmlText();
    for (XmlNode node : nodes) {
      text.node(node);
    }
    return text.out.toString();
  }

  /** The plain text inside the pieces, references replaced by what they stand for. */
  static String plain(List<XmlNode> nodes) {
    StringBuilder text = new StringBuilder();
    for (XmlNode node : nodes) {
      if (node instanceof XmlNode.Text plain) {
        text.append(plain.text());
      } else if (node instanceof XmlNode.CharacterData data) {
        text.append(data.text());
      } else if (node instanceof XmlNode.Reference reference) {
        text.append(character(reference.name()));
      }
    }
    return text.toString();
  }

  private static String character(String reference) {
    return switch (reference) {
      case "lt" -> "<";
      case "gt" -> ">";
      case "amp" -> "&";
      case "quot" -> "\"";
      case "apos" -> "'";
      default ->
          reference.startsWith("#")
              ? String.valueOf((char) Integer.parseInt(reference.substring(1)))
              : "&" + reference + ";";
    };
  }

  private void node(XmlNode node) throws BinXmlException {
    if (out.length() > MAX_CHARACTERS) {
      throw new BinXmlException(0, "an event longer than its limit");
    }
    if (node instanceof XmlNode.Element element) {
      element(element);
    } else if (node instanceof XmlNode.Text text) {
      escape(text.text());
    } else if (node instanceof XmlNode.Reference reference) {
      reference(reference.name());
    } else if (node instanceof XmlNode.CharacterData data) {
      // As text: "]]>" inside a section would end it.
      escape(data.text());
    } else if (node instanceof XmlNode.Instruction instruction) {
      // The target "xml" would be a declaration, which may stand at the start only.
      out.append("<?_").append(name(instruction.target())).append(' ');
      out.append(clean(instruction.data()).replace("?>", "? >")).append("?>");
    }
  }

  private void element(XmlNode.Element element) throws BinXmlException {
    String name = name(element.name());
    out.append('<').append(name);
    Set<String> written = new HashSet<>();
    for (XmlNode.Attribute attribute : element.attributes()) {
      String attributeName = name(attribute.name());
      if (!written.add(attributeName)) {
        continue;
      }
      out.append(' ').append(attributeName).append("=\"");
      for (XmlNode piece : attribute.value()) {
        node(piece);
      }
      out.append('"');
    }
    if (element.children().isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    for (XmlNode child : element.children()) {
      node(child);
    }
    out.append("</").append(name).append('>');
  }

  /** Names come from the evidence, too: what cannot stand in one becomes an underscore. */
  private static String name(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean good =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || c == '_'
              || (i > 0 && ((c >= '0' && c <= '9') || c == '-' || c == '.' || c == ':'));
      safe.append(good ? c : '_');
    }
    return safe.toString();
  }

  private void reference(String name) {
    String character = character(name);
    if (character.length() == 1) {
      escape(character);
    } else {
      escape("&" + name + ";");
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\r' -> out.append("&#13;");
        default -> out.append(legal(text, i) ? c : REPLACEMENT);
      }
    }
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      clean.append(legal(text, i) ? text.charAt(i) : REPLACEMENT);
    }
    return clean.toString();
  }

  /** XML 1.0 has no way to write most control characters and half surrogate pairs. */
  private static boolean legal(String text, int i) {
    char c = text.charAt(i);
    if (c < 0x20) {
      return c == '\t' || c == '\n' || c == '\r';
    }
    if (Character.isHighSurrogate(c)) {
      return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
    return c < 0xFFFE;
  }
}
