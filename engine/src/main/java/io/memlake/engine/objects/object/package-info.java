/**
 * What the object manager puts before every object: {@code _OBJECT_HEADER} and the optional headers
 * before it, and the types.
 *
 * <p>Reads from: {@code symbols}, {@code kernel}. Feeds: {@code objects.pool}.
 */
package io.memlake.engine.objects.object;
