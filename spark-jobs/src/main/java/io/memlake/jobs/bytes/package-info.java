/**
 * The engine's {@code ByteSource} and {@code Evidence} over Hadoop file systems, one way of reading
 * per scheme.
 *
 * <p>Measured shapes: local files by position through a channel, without the checksum stream; HDFS
 * by one sequential stream, because each positioned read there makes a new block reader; object
 * stores by vectored reads of a window ahead, because each request costs a round trip.
 */
package io.memlake.jobs.bytes;
