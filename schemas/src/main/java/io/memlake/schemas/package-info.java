/**
 * What the tables are: {@link io.memlake.schemas.Tables} is the register, {@link
 * io.memlake.schemas.Table} one table with its columns, as the Avro schemas define them.
 *
 * <p>Reads from: {@code src/main/avro}. Feeds: everything that makes, writes, reads or documents
 * rows. Depends on the JDK and Avro only.
 */
package io.memlake.schemas;
