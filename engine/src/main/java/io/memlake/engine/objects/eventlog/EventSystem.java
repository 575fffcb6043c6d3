package io.memlake.engine.objects.eventlog;

/**
 * The {@code System} part of an event. Texts are empty and numbers -1 where the event says nothing.
 *
 * @param provider name of the program that logged it
 * @param providerGuid GUID of the provider, with braces
 * @param eventId its number, unique within the provider
 * @param qualifiers upper half of the identifier of classic events
 * @param version of the event's definition
 * @param level 1 critical, 2 error, 3 warning, 4 information, 5 verbose, 0 always
 * @param task category
 * @param opcode step within the task
 * @param keywords bits as {@code 0x…}
 * @param timeCreated ISO 8601
 * @param eventRecordId number in the log that first held the event
 * @param activityId GUID that connects events
 * @param processId process that logged it
 * @param threadId thread that logged it
 * @param channel log
 * @param computer host
 * @param userSid user
 */
public record EventSystem(
    String provider,
    String providerGuid,
    int eventId,
    int qualifiers,
    int version,
    int level,
    int task,
    int opcode,
    String keywords,
    String timeCreated,
    long eventRecordId,
    String activityId,
    long processId,
    long threadId,
    String channel,
    String computer,
    String userSid) {

  static final EventSystem NONE =
      new EventSystem("", "", -1, -1, -1, -1, -1, -1, "", "", -1, "", -1, -1, "", "", "");
}
