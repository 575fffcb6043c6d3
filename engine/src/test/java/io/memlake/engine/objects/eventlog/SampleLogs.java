package io.memlake.engine.objects.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.image.SampleData;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The real logs beside the project, and events reduced as golden.py does. */
final class SampleLogs {
  private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern GUID = Pattern.compile("\\{[0-9a-fA-F-]{36}\\}");
  private static final Pattern TIME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\.(\\d+)Z");

  private SampleLogs() {}

  static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(SampleData.file("evtx/" + name));
  }

  static Collected read(String name) throws Exception {
    Path path = SampleData.file("evtx/" + name);
    Collected collected = new Collected();
    try (FileByteSource source = FileByteSource.open(path)) {
      collected.file = EventLogFile.read(source, new TemplateStore(), collected);
    }
    return collected;
  }

  /** Events of each file by the golden table: {@code record:digest}. */
  static List<String[]> golden() throws IOException {
    try (InputStream in = SampleLogs.class.getResourceAsStream("events.tsv")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .toList();
    }
  }

  /** What a log gives. */
  static final class Collected implements EventSink {
    EventLogFile file;
    final List<EventRecord> records = new ArrayList<>();
    int chunks;
    int badHeaders;
    int badRecords;

    @Override
    public void chunk(EventChunk chunk) {
      chunks++;
      badHeaders += chunk.headerValid() ? 0 : 1;
      badRecords += chunk.recordsValid() ? 0 : 1;
    }

    @Override
    public void record(EventRecord record) {
      records.add(record);
    }

    List<EventRecord> of(EventRecord.Origin origin) {
      return records.stream().filter(record -> record.origin() == origin).toList();
    }

    Set<String> digests() throws Exception {
      Set<String> digests = new HashSet<>();
      for (EventRecord record : records) {
        if (!record.xml().isEmpty()) {
          digests.add(record.recordId() + ":" + digest(record.xml()));
        }
      }
      return digests;
    }
  }

  /** The digest of golden.py; fails when the text is not well-formed. */
  static String digest(String xml) throws Exception {
    XMLStreamReader reader =
        XMLInputFactory.newFactory().createXMLStreamReader(new StringReader(xml));
    List<String> lines = new ArrayList<>();
    String path = "";
    int open = -1;
    StringBuilder text = new StringBuilder();
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        close(lines, open, text);
        path = path + "/" + reader.getLocalName();
        lines.add(path + "=");
        open = lines.size() - 1;
        for (int i = 0; i < reader.getAttributeCount(); i++) {
          String value = normal(reader.getAttributeValue(i));
          lines.add(path + "@" + reader.getAttributeLocalName(i) + "=" + value);
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        close(lines, open, text);
        open = -1;
        path = path.substring(0, path.lastIndexOf('/'));
      } else if (event == XMLStreamConstants.CHARACTERS && open >= 0) {
        text.append(reader.getText());
      }
    }
    byte[] sha1 =
        MessageDigest.getInstance("SHA-1").digest(String.join("\n", lines).getBytes(UTF_8));
    return HexFormat.of().formatHex(sha1).substring(0, 8);
  }

  /** Reads a text to its end; damaged events may use prefixes that nothing declares. */
  static void requireWellFormed(String xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
    while (reader.hasNext()) {
      reader.next();
    }
  }

  private static void close(List<String> lines, int open, StringBuilder text) {
    if (open >= 0) {
      lines.set(open, lines.get(open) + normal(text.toString()));
    }
    text.setLength(0);
  }

  private static String normal(String raw) {
    String text = raw.replace("\r", "").replaceAll("^[ \t\n]+|[ \t\n]+$", "");
    if (HEX.matcher(text).matches()) {
      String digits = text.substring(2).toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
      return "0x" + digits;
    }
    if (GUID.matcher(text).matches()) {
      return text.toLowerCase(Locale.ROOT);
    }
    Matcher time = TIME.matcher(text);
    return time.matches()
        ? time.group(1) + "." + time.group(2).replaceFirst("0+$", "") + "Z"
        : text;
  }
}
