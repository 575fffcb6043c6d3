/**
 * Call stacks of x64 code: from a context the calls that led there, by the unwind data of the
 * images, and where that is absent by what the stack holds.
 *
 * <p>Reads from: {@code paging}, {@code pe}. Feeds: {@code artifacts.stack}.
 */
package io.memlake.engine.objects.stack;
