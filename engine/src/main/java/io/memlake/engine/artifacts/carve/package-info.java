/**
 * What the scan's signatures led to, as rows: event records, file records, prefetch files, shell
 * links. The page that a candidate lies in says who maps it, and that address space says where its
 * bytes go on: neighbours in a file are no neighbours in RAM.
 *
 * <p>Each candidate is read by itself and nothing is remembered from one to the next, so any split
 * of the candidates gives the same rows.
 *
 * <p>Reads from: {@code scan}, {@code objects.eventlog}, {@code objects.filerecord}, {@code
 * objects.prefetch}, {@code objects.shortcut}, {@code paging}. Feeds: the jobs.
 */
package io.memlake.engine.artifacts.carve;
