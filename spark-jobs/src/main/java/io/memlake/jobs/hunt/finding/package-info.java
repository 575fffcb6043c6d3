/**
 * Findings: what rules found, with stable ids, severity, and confidence that follows the quality of
 * the image.
 *
 * <p>Reads from: all tables, {@code hunt.rule}. Feeds: the table {@code findings}.
 */
package io.memlake.jobs.hunt.finding;
