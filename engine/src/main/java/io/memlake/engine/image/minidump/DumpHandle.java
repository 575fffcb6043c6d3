package io.memlake.engine.image.minidump;

import java.io.Serializable;

/**
 * A handle as the dump lists it.
 *
 * @param handle its value
 * @param type of the object; empty when the dump does not tell
 * @param name of the object; empty when it has none
 * @param access granted
 * @param handleCount handles to the object
 * @param pointerCount references to the object
 * @param recordOffset where in the file it is listed
 */
public record DumpHandle(
    long handle,
    String type,
    String name,
    int access,
    int handleCount,
    int pointerCount,
    long recordOffset)
    implements Serializable {}
