/**
 * The main job: evidence becomes tables.
 *
 * <p>Hosts run side by side, each through its stages: register, open, chunks beside the kernel's
 * page tables, walk, page tables and modules of processes, join of pages with their owners,
 * publish. A stage that fails leaves a row in {@code errors} and the others go on; a host that
 * fails leaves the other hosts alone.
 *
 * <p>Only small values come back to the driver: counts, file names, reverse maps. Rows are written
 * by the tasks that make them.
 */
package io.memlake.jobs.analyze;
