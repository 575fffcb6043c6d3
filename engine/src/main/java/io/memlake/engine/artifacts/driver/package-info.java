/**
 * The tables {@code drivers}, {@code driver_irps} and {@code devices}: driver objects by the
 * directories of the object manager and by the pool scan, joined by their place.
 *
 * <p>Reads from: {@code objects.driver}, {@code objects.object}, {@code objects.pool}.
 */
package io.memlake.engine.artifacts.driver;
