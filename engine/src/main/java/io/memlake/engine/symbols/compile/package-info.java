/**
 * Makes a compiled symbol table of a folder of symbol files. The table inside the program was made
 * this way from the public symbol files of 213 kernels and 85 builds of tcpip.sys.
 *
 * <p>Reads from: {@code symbols.isf}. Feeds: {@code symbols.compact}.
 */
package io.memlake.engine.symbols.compile;
