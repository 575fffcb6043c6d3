/**
 * Writers for memory containers: any frames in, a file of the format out.
 *
 * <p>Written from the format's description alone, without the engine, so that a misreading does not
 * cancel itself out.
 */
package io.memlake.testdata.image;
