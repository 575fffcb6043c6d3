/**
 * Memory containers: tells a format by its content and opens it as {@link
 * io.memlake.engine.physical.PhysicalMemory}.
 *
 * <p>Reads from: {@code bytes}, {@code compression}. Feeds: {@code paging}, {@code scan}. Each
 * subpackage is one container; each contributes one {@link io.memlake.engine.image.ImageFormat}.
 */
package io.memlake.engine.image;
