package io.memlake.jobs.cli;

import picocli.CommandLine.Option;

/** The lake that a command works on. */
final class LakeOption {
  @Option(
      names = "--lake",
      required = true,
      paramLabel = "DIR",
      description = "The lake: a folder, or a URI of any Hadoop file system.")
  private String location;

  LakeOption() {}

  String location() {
    return location;
  }
}
