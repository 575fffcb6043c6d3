package io.memlake.engine.objects.eventlog;

import java.util.List;

/**
 * One event.
 *
 * @param recordId number of the record in its log
 * @param written FILETIME at which the record was written
 * @param system what the event says about itself
 * @param data named and unnamed values of the event, in their order
 * @param xml the whole event as one line of XML; empty when it could not be rendered
 * @param origin where the record was found
 * @param template where the names of its values came from
 * @param offset bytes from the start of the chunk or of the searched bytes
 * @param problem why the event could not be rendered; empty when it could
 */
public record EventRecord(
    long recordId,
    long written,
    EventSystem system,
    List<EventData> data,
    String xml,
    Origin origin,
    TemplateOrigin template,
    long offset,
    String problem) {

  /** How a record was found. */
  public enum Origin {
    /** In the part of its chunk that is in use. */
    CHUNK,
    /** Behind the part in use: left over from an earlier use of the chunk. */
    SLACK,
    /** Without a chunk around it. */
    CARVED
  }

  /** Where the names of its values came from. */
  public enum TemplateOrigin {
    /** From its own chunk, as Windows writes it. */
    OWN_CHUNK,
    /** From another chunk that has a template of the same number. */
    OTHER_CHUNK,
    /** Values have no names: the template is lost. */
    LOST
  }

  /** The data as one JSON object: names that occur more than once have a list. */
  public String dataJson() {
    return EventJson.of(data);
  }
}
