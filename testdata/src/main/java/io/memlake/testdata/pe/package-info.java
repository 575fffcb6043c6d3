/**
 * Portable executable images as the loader leaves them in memory: headers, section table, export
 * directory and debug record at their relative virtual addresses.
 *
 * <p>Feeds: {@code kernel} (kernel and drivers) and {@code process} (executables and DLLs).
 */
package io.memlake.testdata.pe;
