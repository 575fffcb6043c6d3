/**
 * Rows as people and programs read them: a table, CSV, JSON or JSON lines. Text that came out of
 * memory is never trusted: control characters do not reach a terminal, quotes and line ends do not
 * break a file, markup does not survive in JSON that ends up in a page.
 */
package io.memlake.jobs.output;
