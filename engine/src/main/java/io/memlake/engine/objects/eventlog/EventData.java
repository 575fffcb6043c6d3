package io.memlake.engine.objects.eventlog;

/**
 * One value of an event.
 *
 * @param name of the {@code Data} element, or of the element itself; {@code Data} for unnamed ones
 * @param value its text
 */
public record EventData(String name, String value) {}
