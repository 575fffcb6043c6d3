/**
 * The table {@code callbacks}: registrations by the kernel's arrays and lists and by the pool scan,
 * joined by the address of the registration.
 *
 * <p>Reads from: {@code objects.callback}.
 */
package io.memlake.engine.artifacts.callback;
