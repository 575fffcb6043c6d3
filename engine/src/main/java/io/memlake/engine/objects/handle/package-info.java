/**
 * Handle tables of processes, and what the objects behind handles say of themselves: names, targets
 * and rights.
 *
 * <p>Reads from: {@code kernel}, {@code objects.object}, {@code objects.process}. Feeds: {@code
 * artifacts}. Reference: public kernel symbols ({@code _HANDLE_TABLE}, {@code
 * _HANDLE_TABLE_ENTRY}); access rights from winnt.h and ntifs.h.
 */
package io.memlake.engine.objects.handle;
