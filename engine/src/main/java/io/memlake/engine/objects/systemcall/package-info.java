/**
 * The tables through which system calls find their routines.
 *
 * <p>Reads from: {@code kernel}, {@code paging}. Feeds: {@code artifacts.systemcall}.
 */
package io.memlake.engine.objects.systemcall;
