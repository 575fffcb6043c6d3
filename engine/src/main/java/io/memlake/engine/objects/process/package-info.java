/**
 * Processes: {@code _EPROCESS}, the kernel's list of them, and what a process tells of itself in
 * its PEB.
 *
 * <p>Reads from: {@code kernel}, {@code objects.list}, {@code objects.text}. Feeds: {@code
 * objects.module}, {@code objects.thread}, {@code objects.pool}, {@code artifacts.process}.
 */
package io.memlake.engine.objects.process;
