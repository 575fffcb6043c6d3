/**
 * Kernel pool, executive objects with their headers, object types, directories, named objects,
 * files, registry keys and handle tables.
 *
 * <p>Reads from: {@code layout}, {@code memory}, {@code kernel}. Feeds: {@code process}, {@code
 * machine}.
 */
package io.memlake.testdata.objects;
