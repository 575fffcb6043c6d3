/**
 * Windows event logs since Vista: files, chunks and single records wherever their bytes lie, with
 * binary XML turned into text.
 *
 * <pre>
 * file    = "ElfFile" header of 4096 bytes { chunk }
 * chunk   = "ElfChnk" header of 512 bytes { record }          65,536 bytes
 * record  = "**\0\0" size:4 id:8 written:8 binary XML size:4
 * </pre>
 *
 * Binary XML names elements by offsets into its chunk and events by templates that the chunk
 * defines once. A record that was carved without its chunk is rendered when it defines its template
 * itself or when a {@link io.memlake.engine.objects.eventlog.TemplateStore} has met the template
 * elsewhere; otherwise its values are given without names.
 *
 * <p>Reads from: {@code bytes}, {@code objects.value}. Feeds: {@code artifacts}. Reference:
 * MS-EVEN6 2.2.12 to 2.2.18 (BinXml); the public notes on the file (J. Metz, <i>Windows XML Event
 * Log (EVTX)</i>).
 */
package io.memlake.engine.objects.eventlog;
