package io.memlake.engine.objects.pfn;

/**
 * What the frame database says of a frame that belongs to one address space.
 *
 * @param dtb directory table base of the space
 * @param virtualAddress where the space has the page
 * @param location the list that the frame is on, see {@link FrameDatabase}
 */
public record FrameUse(long dtb, long virtualAddress, int location) {}
