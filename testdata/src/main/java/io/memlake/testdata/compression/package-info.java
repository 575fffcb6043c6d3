/**
 * Writers of the codecs that Windows and the memory containers use, for tests: they make valid
 * streams with every kind of token, and share no code with the decoders that they check.
 *
 * <p>Format: MS-XCA for XPRESS, XPRESS-Huffman and LZNT1; the LZ4 block description for LZ4. Each
 * writer takes the whole input and returns the whole stream; none of them aims at speed.
 */
package io.memlake.testdata.compression;
