/**
 * Writes the compressed memory of a machine: the store manager's globals, its trees, stores, chunks
 * of records, and the regions in the space of MemCompression, for each build.
 *
 * <p>The layouts are a table of their own, so that a slip in the reader's table shows.
 */
package io.memlake.testdata.store;
