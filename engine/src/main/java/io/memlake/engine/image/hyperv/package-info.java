/**
 * Saved states of Hyper-V guests ({@code .vmrs}): a store of keys and values, in which RAM lies in
 * blocks of 1 MiB.
 *
 * <p>Reads from: {@code bytes}, {@code image.chunk}, {@code image.extent}. Feeds: {@code
 * image.ImageFormats}. Reference: Microsoft's description of the store in OpenVMM ({@code
 * support/hvs_file/FORMAT.md}). No real file was at hand: the reader is proven on synthetic ones.
 */
package io.memlake.engine.image.hyperv;
