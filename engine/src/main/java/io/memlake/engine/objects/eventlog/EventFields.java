package io.memlake.engine.objects.eventlog;

import java.util.ArrayList;
import java.util.List;

/** Takes the fields that tables have out of a rendered event. */
final class EventFields {
  private EventFields() {}

  static EventSystem system(List<XmlNode> nodes) {
    XmlNode.Element values = child(nodes, LostTemplate.VALUES);
    if (values != null) {
      return LostTemplate.system(values);
    }
    XmlNode.Element event = child(nodes, "Event");
    XmlNode.Element system = event == null ? null : child(event.children(), "System");
    if (system == null) {
      return EventSystem.NONE;
    }
    List<XmlNode> fields = system.children();
    return new EventSystem(
        attribute(fields, "Provider", "Name"),
        attribute(fields, "Provider", "Guid"),
        (int) number(text(fields, "EventID")),
        (int) number(attribute(fields, "EventID", "Qualifiers")),
        (int) number(text(fields, "Version")),
        (int) number(text(fields, "Level")),
        (int) number(text(fields, "Task")),
        (int) number(text(fields, "Opcode")),
        text(fields, "Keywords"),
        attribute(fields, "TimeCreated", "SystemTime"),
        number(text(fields, "EventRecordID")),
        attribute(fields, "Correlation", "ActivityID"),
        number(attribute(fields, "Execution", "ProcessID")),
        number(attribute(fields, "Execution", "ThreadID")),
        text(fields, "Channel"),
        text(fields, "Computer"),
        attribute(fields, "Security", "UserID"));
  }

  /** The values below EventData, UserData or, for lost templates, Values. */
  static List<EventData> data(List<XmlNode> nodes) {
    List<EventData> data = new ArrayList<>();
    XmlNode.Element event = child(nodes, "Event");
    for (XmlNode node : event == null ? nodes : event.children()) {
      if (node instanceof XmlNode.Element element && !element.name().equals("System")) {
        leaves(element, data, true);
      }
    }
    return List.copyOf(data);
  }

  private static void leaves(XmlNode.Element element, List<EventData> data, boolean top) {
    boolean leaf = true;
    for (XmlNode child : element.children()) {
      if (child instanceof XmlNode.Element inner) {
        leaves(inner, data, false);
        leaf = false;
      }
    }
    for (XmlNode.Attribute attribute : element.attributes()) {
      boolean names =
          attribute.name().equals("Name")
              || (element.name().equals(LostTemplate.VALUE)
                  && (attribute.name().equals(LostTemplate.INDEX)
                      || attribute.name().equals(LostTemplate.TYPE)));
      if (!names && !attribute.name().startsWith("xmlns")) {
        data.add(
            new EventData(
                element.name() + "." + attribute.name(), XmlText.plain(attribute.value())));
      }
    }
    if (leaf && !top) {
      String name = attribute(element, "Name");
      if (name.isEmpty()) {
        boolean lost = element.name().equals(LostTemplate.VALUE);
        name = lost ? element.name() + attribute(element, LostTemplate.INDEX) : element.name();
      }
      data.add(new EventData(name, XmlText.plain(element.children())));
    }
  }

  private static XmlNode.Element child(List<XmlNode> nodes, String name) {
    for (XmlNode node : nodes) {
      if (node instanceof XmlNode.Element element && element.name().equals(name)) {
        return element;
      }
    }
    return null;
  }

  private static String text(List<XmlNode> nodes, String name) {
    XmlNode.Element element = child(nodes, name);
    return element == null ? "" : XmlText.plain(element.children());
  }

  private static String attribute(List<XmlNode> nodes, String element, String name) {
    XmlNode.Element found = child(nodes, element);
    return found == null ? "" : attribute(found, name);
  }

  static String attribute(XmlNode.Element element, String name) {
    for (XmlNode.Attribute attribute : element.attributes()) {
      if (attribute.name().equals(name)) {
        return XmlText.plain(attribute.value());
      }
    }
    return "";
  }

  static long number(String text) {
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    return Long.parseLong(text);
  }
}
