package io.memlake.engine.objects.list;

/**
 * An entry that a walk met.
 *
 * @param links virtual address of its {@code LIST_ENTRY}
 * @param forward whether the forward walk met it
 * @param backward whether the backward walk met it
 */
public record ListMember(long links, boolean forward, boolean backward) {}
