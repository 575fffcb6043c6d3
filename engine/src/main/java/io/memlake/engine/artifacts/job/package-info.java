/**
 * The table {@code jobs}: the kernel's list of jobs, the processes, handles and the pool scan,
 * joined by the place of the object.
 *
 * <p>Reads from: {@code objects.job}, {@code artifacts.handle}.
 */
package io.memlake.engine.artifacts.job;
