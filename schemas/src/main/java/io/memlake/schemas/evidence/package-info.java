/**
 * Where a value came from and why one is missing: the vocabulary of the columns that all tables
 * share.
 *
 * <p>Feeds: {@code artifacts} of the engine and the jobs, which fill these columns.
 */
package io.memlake.schemas.evidence;
