/**
 * Features: addresses, names and keys that stand in memory as text.
 *
 * <p>Reads from: bytes of pages. Feeds: {@code scan}, {@code artifacts.carve}.
 */
package io.memlake.engine.objects.feature;
