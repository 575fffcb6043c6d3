/**
 * The table {@code hosts}: one row of what discovery found and what the system says of itself.
 *
 * <p>Reads from: {@code kernel}.
 */
package io.memlake.engine.artifacts.host;
