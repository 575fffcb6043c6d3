/**
 * x86 instructions as text, by a library: iced-x86 in WebAssembly.
 *
 * <p>Reads from: bytes. Feeds: {@code artifacts.injection}.
 */
package io.memlake.engine.objects.code;
