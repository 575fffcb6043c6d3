package io.memlake.engine.image;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a container's header claims about the machine. Every value is a hint that the kernel
 * discovery checks, never a fact: dumps are written by many tools.
 *
 * @param values header facts by name, numbers as decimal text or {@code 0x} hex
 */
public record ImageHints(TreeMap<String, String> values) implements Serializable {
  /** Directory table base (CR3) of the context in which the image was written. */
  public static final String DTB = "dtb";

  /** Virtual address of {@code KdDebuggerDataBlock}. */
  public static final String KDBG = "kdbg";

  /** Virtual address of {@code PsLoadedModuleList}. */
  public static final String PS_LOADED_MODULE_LIST = "ps_loaded_module_list";

  /** Virtual address of {@code PsActiveProcessHead}. */
  public static final String PS_ACTIVE_PROCESS_HEAD = "ps_active_process_head";

  /** Virtual address of {@code MmPfnDatabase}'s value. */
  public static final String PFN_DATABASE = "pfn_database";

  /** Build number of the kernel. */
  public static final String BUILD = "build";

  /** PE machine type, for instance 34404 for x64. */
  public static final String MACHINE = "machine";

  /** When the image was taken, as ISO-8601. */
  public static final String TAKEN_AT = "taken_at";

  /** No header, no hints. */
  public static final ImageHints NONE = new ImageHints(new TreeMap<>());

  /** A copy, so that the record stays immutable. */
  public ImageHints {
    values = new TreeMap<>(values);
  }

  /** Hints from name and value. */
  public static ImageHints of(Map<String, String> values) {
    return new ImageHints(new TreeMap<>(values));
  }

  /** A number or address, if the header gave one. */
  public OptionalLong number(String name) {
    String text = values.get(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        text.startsWith("0x")
            ? Long.parseUnsignedLong(text.substring(2), 16)
            : Long.parseLong(text));
  }

  /** The build number, if the header gave one. */
  public OptionalInt build() {
    OptionalLong build = number(BUILD);
    return build.isPresent() ? OptionalInt.of((int) build.getAsLong()) : OptionalInt.empty();
  }

  /** When the image was taken, if the header said so. */
  public Optional<Instant> takenAt() {
    return Optional.ofNullable(values.get(TAKEN_AT)).map(Instant::parse);
  }
}
