package io.memlake.engine.kernel;

import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Collects what the places of a machine say about its version. {@code KUSER_SHARED_DATA} knows the
 * release that enablement packages switch on (19045), the build laboratory's text only the line it
 * was built from (19041), so sources may differ without contradiction.
 */
final class Versions {
  private static final int FIRST_BUILD = 2195;
  private static final int LAST_BUILD = 60000;
  private static final int LABORATORY_TEXT = 64;

  /** Sources by falling trust. */
  private enum Source {
    SHARED_DATA("KUSER_SHARED_DATA"),
    VARIABLE("NtBuildNumber"),
    ENVIRONMENT("environment blocks of processes"),
    HEADER("container header"),
    LABORATORY("build laboratory text");

    private final String text;

    Source(String text) {
      this.text = text;
    }
  }

  private final Map<Source, Integer> found = new EnumMap<>(Source.class);
  private int major;
  private int minor;

  /** Whether a value looks like {@code NtBuildNumber}: free or checked build in the top bits. */
  static boolean isNtBuildNumber(long value) {
    long kind = value >>> 28;
    int build = (int) (value & 0xFFFF);
    return (kind == 0xF || kind == 0xC) && isBuild(build);
  }

  private static boolean isBuild(int build) {
    return build >= FIRST_BUILD && build <= LAST_BUILD;
  }

  void sharedUserData(Optional<SharedUserData> shared) {
    shared.ifPresent(
        data -> {
          major = data.ntMajorVersion();
          minor = data.ntMinorVersion();
          add(data.ntBuildNumber(), Source.SHARED_DATA);
        });
  }

  void kernelVariable(KernelMemory memory) throws IOException {
    OptionalLong number = memory.u32("NtBuildNumber");
    if (number.isPresent() && isNtBuildNumber(number.getAsLong())) {
      add((int) (number.getAsLong() & 0xFFFF), Source.VARIABLE);
    }
  }

  /** What the loader wrote into every process. */
  void environmentBlocks(int build) {
    add(build, Source.ENVIRONMENT);
  }

  void header(OptionalInt build) {
    build.ifPresent(number -> add(number, Source.HEADER));
  }

  /** The text begins with the build number and a dot. */
  void laboratory(AddressSpace space, long virtualAddress) throws IOException {
    if (virtualAddress == 0) {
      return;
    }
    String text = KernelMemory.text(space, virtualAddress, LABORATORY_TEXT);
    int dot = text.indexOf('.');
    if (dot >= 4 && dot <= 5 && text.chars().limit(dot).allMatch(Character::isDigit)) {
      add(Integer.parseInt(text.substring(0, dot)), Source.LABORATORY);
    }
  }

  private void add(int build, Source source) {
    if (isBuild(build)) {
      found.putIfAbsent(source, build);
    }
  }

  /** The build by the best source so far, 0 when none knows it. */
  int build() {
    return found.values().stream().findFirst().orElse(0);
  }

  /** The version by the best source; notes say which others contradict it. */
  SystemVersion resolve(List<String> notes) {
    if (found.isEmpty()) {
      return new SystemVersion(major, minor, 0, "unknown");
    }
    Source best = found.keySet().iterator().next();
    int build = found.get(best);
    found.forEach(
        (source, other) -> {
          if (!sameLine(other, build)) {
            notes.add(
                "Build " + build + " by " + best.text + ", but " + other + " by " + source.text);
          }
        });
    SystemVersion version = new SystemVersion(major, minor, build, best.text);
    return major == 0 ? named(version) : version;
  }

  /** Without KUSER_SHARED_DATA the build tells major and minor version. */
  private static SystemVersion named(SystemVersion version) {
    int build = version.build();
    int major = build >= 10000 ? 10 : build >= 6000 ? 6 : 5;
    int minor =
        switch (major) {
          case 10 -> 0;
          case 6 -> build >= 9600 ? 3 : build >= 9200 ? 2 : build >= 7600 ? 1 : 0;
          default -> build >= 3790 ? 2 : build >= 2600 ? 1 : 0;
        };
    return new SystemVersion(major, minor, build, version.source());
  }

  /** 19042 to 19045 are 19041 with features switched on, 18363 is 18362 so, 22631 is 22621. */
  static boolean sameLine(int one, int other) {
    return line(one) == line(other);
  }

  private static int line(int build) {
    if (build > 19041 && build <= 19045) {
      return 19041;
    }
    return switch (build) {
      case 18363 -> 18362;
      case 22631, 22635 -> 22621;
      case 26200 -> 26100;
      default -> build;
    };
  }
}
