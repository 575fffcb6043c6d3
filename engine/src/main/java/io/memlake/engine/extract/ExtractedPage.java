package io.memlake.engine.extract;

import java.util.Optional;

/**
 * A page by its forensic path.
 *
 * @param path the path that was asked for
 * @param bytes its 4096 bytes, empty when it cannot be had
 * @param account where it is, or why it cannot be had, in words
 */
public record ExtractedPage(String path, Optional<byte[]> bytes, String account) {}
