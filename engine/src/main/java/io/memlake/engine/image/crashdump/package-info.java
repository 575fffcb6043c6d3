/**
 * Windows kernel crash dumps: a header page with facts about the machine, then frames.
 *
 * <p>Reads from: {@code bytes}, {@code image.extent}. Feeds: {@code image.ImageFormats}. Field
 * offsets follow the public {@code DUMP_HEADER64} and {@code DUMP_HEADER32}.
 */
package io.memlake.engine.image.crashdump;
