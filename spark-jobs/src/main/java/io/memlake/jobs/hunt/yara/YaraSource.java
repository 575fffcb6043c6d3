package io.memlake.jobs.hunt.yara;

import java.io.Serializable;

/**
 * The text of a rule file.
 *
 * @param name name of the file, which is the namespace of its rules
 * @param text its text, with what it includes
 */
public record YaraSource(String name, String text) implements Serializable {}
