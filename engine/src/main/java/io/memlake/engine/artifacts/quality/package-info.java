/**
 * The table {@code image_quality}: how complete and how consistent an image is.
 *
 * <p>Reads from: {@code kernel}, {@code image}; counts of the other artifacts and of the jobs.
 */
package io.memlake.engine.artifacts.quality;
