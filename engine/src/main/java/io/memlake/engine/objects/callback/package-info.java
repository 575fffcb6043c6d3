/**
 * Routines that drivers asked the kernel to call: arrays of notify routines, lists of callbacks,
 * and what the pool scan finds of either.
 *
 * <p>The registrations are in no public symbols. Their layouts have not changed since Windows
 * Vista; each is believed only when its routine is an address of the kernel's half and, where it
 * carries one, its pointer back is right. References: headers of the driver kit for bug checks;
 * published reverse engineering and Volatility 3 for the others, facts only.
 *
 * <p>Reads from: {@code kernel}, {@code objects.list}, {@code objects.driver}, {@code
 * objects.object}. Feeds: {@code artifacts.callback}.
 */
package io.memlake.engine.objects.callback;
