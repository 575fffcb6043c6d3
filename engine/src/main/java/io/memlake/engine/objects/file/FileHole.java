package io.memlake.engine.objects.file;

import io.memlake.engine.objects.pagedout.PageAbsence;

/**
 * A part of a file that memory does not hold; the written file has zeros in its place.
 *
 * @param offset where it begins in the file
 * @param size bytes
 * @param absence why
 */
public record FileHole(long offset, long size, PageAbsence absence) {}
