package io.memlake.engine.image.crashdump;

import java.io.Serializable;

/**
 * A driver as a triage dump lists it.
 *
 * @param name path as the loader knew it
 * @param base address of the image
 * @param size of the image in bytes
 */
public record LoadedDriver(String name, long base, long size) implements Serializable {}
