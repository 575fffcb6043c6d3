/**
 * Where fields lie in the structures of a kernel that the synthetic machine writes, and where its
 * symbols lie: facts only, taken from symbol files by {@link
 * io.memlake.testdata.layout.CompileLayouts} and kept in small text resources.
 *
 * <p>Reads from: ISF JSON (the symbol format of Volatility 3, schema 6). Feeds: every writer of
 * this module. Shares nothing with the engine on purpose: a wrong offset here and there cannot
 * cancel out.
 */
package io.memlake.testdata.layout;
