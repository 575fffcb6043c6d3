/**
 * Where symbols come from: a file that the user forces, folders that the user gives, the table
 * inside the program, in this order.
 *
 * <p>Reads from: {@code symbols.isf}, {@code symbols.pdb}, {@code symbols.compact}. Feeds: {@code
 * kernel}.
 */
package io.memlake.engine.symbols.store;
