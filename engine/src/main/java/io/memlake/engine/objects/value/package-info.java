/**
 * Values that Windows writes the same way everywhere: times, security identifiers, GUIDs, UTF-16
 * text.
 *
 * <p>Reads from: {@code bytes}. Feeds: every parser of records in {@code objects}. Reference:
 * MS-DTYP 2.3.3 (FILETIME), 2.3.4 (GUID), 2.4.2 (SID), 2.3.13 (SYSTEMTIME).
 */
package io.memlake.engine.objects.value;
