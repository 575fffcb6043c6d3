/**
 * One row type a table, generated from its Avro schema. Nothing here is written by hand.
 *
 * <p>Reads from: {@code src/main/avro}. Feeds: {@code artifacts} of the engine, which fills rows,
 * and the jobs that write them.
 */
package io.memlake.schemas.row;
