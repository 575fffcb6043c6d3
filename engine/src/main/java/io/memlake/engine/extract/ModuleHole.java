package io.memlake.engine.extract;

import io.memlake.engine.objects.pagedout.PageAbsence;

/**
 * Pages of a module that could not be had; the file has zeros in their place.
 *
 * @param address address of the first page
 * @param size bytes
 * @param section name of the section, {@code headers} for what lies before the first
 * @param fileOffset where the zeros stand in the file
 * @param absence why
 */
public record ModuleHole(
    long address, long size, String section, long fileOffset, PageAbsence absence) {}
