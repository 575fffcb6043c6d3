package io.memlake.jobs.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command line as the lake keeps it: quoted so that it can be repeated, without secrets. */
final class CommandText {
  private static final Pattern SECRET =
      Pattern.compile(
          "(.*(?:secret|password|passwd|token|credential|access\\.?key|encryption\\.key|account\\.key)[^=]*=).+",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./\\[\\]*-]+");

  private CommandText() {}

  static String of(List<String> arguments) {
    return arguments.stream().map(CommandText::word).collect(Collectors.joining(" "));
  }

  private static String word(String argument) {
    String shown = SECRET.matcher(argument).replaceFirst("$1***");
    return PLAIN.matcher(shown).matches() ? shown : "'" + shown.replace("'", "'\\''") + "'";
  }
}
