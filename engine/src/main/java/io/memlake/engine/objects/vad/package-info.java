/**
 * The address descriptors of a process: which ranges of its user half are in use, as what, and
 * where the pages of shared ranges are described. They are also the last way to a page for which
 * the page tables hold nothing.
 *
 * <p>Reads from: {@code paging}, {@code kernel}, {@code objects.process}. Feeds: {@code
 * objects.pagedout}, {@code artifacts}, {@code extract}. Reference: public kernel symbols ({@code
 * _MMVAD}, {@code _SUBSECTION}, {@code _CONTROL_AREA}); Windows Internals, chapter 5.
 */
package io.memlake.engine.objects.vad;
