/**
 * What the debugging symbols of a kernel say: where fields lie in structures and symbols in the
 * image.
 *
 * <p>Reads from: {@code bytes}. Feeds: {@code kernel}, {@code objects}. Names are resolved once a
 * machine; no read looks up a name.
 */
package io.memlake.engine.symbols;
