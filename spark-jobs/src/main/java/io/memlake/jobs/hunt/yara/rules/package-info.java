/**
 * What the first stage of a YARA hunt knows of rules: where each begins, the literal bytes without
 * which a string cannot match, and which strings a rule cannot do without.
 *
 * <p>Nothing here decides whether a rule matches: that is the engine's work. Whatever is not
 * understood counts as "may match anywhere", so that nothing is ever missed.
 *
 * <p>Reads from: texts of rules. Feeds: {@code hunt.yara}.
 */
package io.memlake.jobs.hunt.yara.rules;
