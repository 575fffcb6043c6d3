/**
 * Virtualisation-based security: whether a secure kernel ran beside Windows, whose memory no
 * acquirer inside Windows can read.
 *
 * <p>Reads from: {@code kernel}, {@code objects.process}. Feeds: the report about the evidence.
 */
package io.memlake.engine.objects.vbs;
