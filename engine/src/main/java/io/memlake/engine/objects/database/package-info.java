/**
 * Pages of SQLite databases, read one by one: a leaf of a table says by itself which rows it holds.
 *
 * <p>Reads from: bytes. Feeds: {@code artifacts.carve}. Reference: the description of the file
 * format at sqlite.org.
 */
package io.memlake.engine.objects.database;
