/**
 * Scanners that trust no list: every frame is read once and every scanner sees it in that pass.
 *
 * <p>Reads from: {@code physical}. Feeds: {@code artifacts}, which decide with the help of page
 * tables what a candidate is. A scan splits by frame range; any split finds the same candidates.
 */
package io.memlake.engine.scan;
