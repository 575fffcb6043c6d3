/**
 * Executables as they are mapped: header, sections, debug record, export name.
 *
 * <p>Reads from: {@code paging}; names symbol files as {@code symbols} does. Feeds: {@code kernel},
 * {@code objects}. Source: Microsoft PE/COFF specification.
 */
package io.memlake.engine.pe;
