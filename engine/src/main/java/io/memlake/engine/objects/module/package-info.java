/**
 * Modules: the three loader lists of a process, 64-bit and 32-bit, and the kernel's list of
 * drivers.
 *
 * <p>Reads from: {@code objects.process}, {@code objects.list}, {@code pe}. Feeds: {@code
 * artifacts.module}.
 */
package io.memlake.engine.objects.module;
