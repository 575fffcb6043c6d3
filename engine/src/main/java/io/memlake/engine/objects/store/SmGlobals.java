package io.memlake.engine.objects.store;

import java.io.Serializable;

/**
 * A place where {@code SmGlobals} may be.
 *
 * @param address virtual address
 * @param source how it was found: {@code symbol}, {@code code pattern}, {@code data pattern}
 */
public record SmGlobals(long address, String source) implements Serializable {}
