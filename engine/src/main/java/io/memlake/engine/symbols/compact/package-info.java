/**
 * A compiled symbol table: layouts and chosen symbols of many builds in one small file.
 *
 * <p>The file starts with an eight-byte magic, the number of sections and their lengths; then come
 * the sections, each packed with xz. Section 0 is the catalog of binaries, section 1 holds every
 * distinct layout once, section 2 the names of the symbols, and each further section the symbol
 * addresses of one line of builds. Numbers are variable-length (seven bits a byte, low bits first;
 * signed ones zigzag), and most are differences from their neighbour, so that what repeats from
 * build to build packs to almost nothing. Equal input makes equal bytes.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code symbols.store}.
 */
package io.memlake.engine.symbols.compact;
