package io.memlake.engine.objects.eventlog;

import java.util.ArrayList;
import java.util.List;

/**
 * Events whose template is lost: values without names.
 *
 * <p>The first values of the outer template have been the same in all logs since Vista (seen in
 * every template of the sample logs): level, opcode, task, event id, qualifiers, keywords, time,
 * activity, process, thread, record id, version, user, related activity; since Windows 8 also the
 * provider's name and GUID and the channel; then the data. Their types tell whether a record
 * follows that order.
 */
final class LostTemplate {
  static final String VALUES = "Values";
  static final String VALUE = "Value";
  static final String INDEX = "Index";
  static final String TYPE = "Type";

  /** Types of the first values; any but the event id and the time can be null. */
  private static final int[] TYPES = {
    0x04, 0x04, 0x06, 0x06, 0x06, 0x15, 0x11, 0x0F, 0x08, 0x08, 0x0A, 0x04, 0x13
  };

  private static final int EVENT_ID = 3;
  private static final int TIME = 6;
  private static final int PROVIDER = 14;
  private static final int GUID = 15;
  private static final int CHANNEL = 16;

  private LostTemplate() {}

  /** What the values say about their event; nothing when they do not follow the order. */
  static EventSystem system(XmlNode.Element values) {
    List<String> texts = new ArrayList<>();
    List<Integer> types = new ArrayList<>();
    for (XmlNode node : values.children()) {
      if (node instanceof XmlNode.Element value) {
        texts.add(XmlText.plain(value.children()));
        types.add((int) EventFields.number(EventFields.attribute(value, TYPE)));
      }
    }
    if (!follows(types)) {
      return EventSystem.NONE;
    }
    boolean named = types.size() > CHANNEL && types.get(PROVIDER) == 0x01;
    return new EventSystem(
        named ? texts.get(PROVIDER) : "",
        named && types.get(GUID) == 0x0F ? texts.get(GUID) : "",
        (int) EventFields.number(texts.get(EVENT_ID)),
        (int) EventFields.number(texts.get(4)),
        (int) EventFields.number(texts.get(11)),
        (int) EventFields.number(texts.get(0)),
        (int) EventFields.number(texts.get(2)),
        (int) EventFields.number(texts.get(1)),
        texts.get(5),
        texts.get(TIME),
        EventFields.number(texts.get(10)),
        texts.get(7),
        EventFields.number(texts.get(8)),
        EventFields.number(texts.get(9)),
        named && types.get(CHANNEL) == 0x01 ? texts.get(CHANNEL) : "",
        "",
        texts.get(12));
  }

  private static boolean follows(List<Integer> types) {
    if (types.size() <= TYPES.length) {
      return false;
    }
    for (int i = 0; i < TYPES.length; i++) {
      boolean absent = types.get(i) == BinXmlValue.NULL && i != EVENT_ID && i != TIME;
      if (types.get(i) != TYPES[i] && !absent) {
        return false;
      }
    }
    return true;
  }
}
