/**
 * Driver objects with the routines that requests go to, and the stacks of device objects above
 * them.
 *
 * <p>Reads from: {@code symbols}, {@code kernel}, {@code objects.object}. Feeds: {@code artifacts}.
 * Reference: {@code _DRIVER_OBJECT} and {@code _DEVICE_OBJECT} of the public symbols; names of
 * major functions and kinds of devices from the headers of the driver kit.
 */
package io.memlake.engine.objects.driver;
