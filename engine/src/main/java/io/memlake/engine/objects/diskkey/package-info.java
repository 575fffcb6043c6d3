/**
 * Keys of encrypted volumes in kernel memory.
 *
 * <p>Reads from: {@code objects.pool}. Feeds: {@code artifacts.secret}.
 */
package io.memlake.engine.objects.diskkey;
