package io.memlake.jobs.convert;

import io.memlake.engine.image.convert.ConversionReport;
import java.util.Optional;

/**
 * A file that was written.
 *
 * @param report what it holds and what it does not
 * @param unknownMachine why the header names no page tables or no kernel; empty when it does, and
 *     when the format has no place for them
 */
public record Conversion(ConversionReport report, Optional<String> unknownMachine) {}
