/**
 * The database of the service control manager, in the private memory of services.exe.
 *
 * <p>Each service has a header with the tag {@code serH} and, 16 bytes on, a pointer to its record;
 * records are chained. {@code service-layouts.tsv} holds where their fields lie by build.
 *
 * <p>Reads from: {@code paging}, {@code objects.vad}. Feeds: {@code artifacts.service}.
 */
package io.memlake.engine.objects.service;
