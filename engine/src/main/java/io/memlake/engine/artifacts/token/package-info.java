/**
 * The tables {@code tokens}, {@code token_groups} and {@code token_privileges}: who each process
 * acts as.
 *
 * <p>Reads from: {@code objects.token}.
 */
package io.memlake.engine.artifacts.token;
