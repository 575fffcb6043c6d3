/**
 * Microsoft's program databases: the symbol files that compilers and the public symbol server give.
 *
 * <p>A PDB is a small file system (multi-stream file, MSF 7.0) of numbered streams. Stream 1 says
 * which binary it is of, stream 2 holds the types, stream 3 names the streams with symbols and
 * section headers.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code symbols}. Facts: the published microsoft-pdb sources.
 */
package io.memlake.engine.symbols.pdb;
