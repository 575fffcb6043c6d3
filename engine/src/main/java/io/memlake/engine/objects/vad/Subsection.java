package io.memlake.engine.objects.vad;

/**
 * A run of prototype entries of a section.
 *
 * @param address kernel address of the {@code _SUBSECTION}
 * @param base kernel address of its first prototype entry, 0 while it has none
 * @param entries how many it has
 * @param next kernel address of the next subsection, 0 for none
 */
public record Subsection(long address, long base, long entries, long next) {}
