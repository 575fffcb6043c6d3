/**
 * Volatility's Intermediate Symbol Format: JSON files, usually compressed, one for each build of a
 * binary.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code symbols}. Format: schema 6 of Volatility 3's symbol
 * files.
 */
package io.memlake.engine.symbols.isf;
