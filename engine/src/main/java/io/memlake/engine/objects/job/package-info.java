/**
 * Job objects: {@code _EJOB}, the kernel's list of them, the processes in them.
 *
 * <p>Reads from: {@code objects.list}, {@code kernel}. Feeds: {@code artifacts.job}.
 */
package io.memlake.engine.objects.job;
