package io.memlake.engine.image.aff4;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.zip.ZipDirectory;
import io.memlake.engine.image.zip.ZipMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One ZIP file of a container. Open while the index is built. */
final class Aff4Volume {
  private static final String METADATA = "information.turtle";

  private final ByteSource file;
  private final ZipDirectory directory;
  private final String urn;
  private final Map<String, ZipMember> byFoldedName = new HashMap<>();

  private Aff4Volume(ByteSource file, ZipDirectory directory, String urn) {
    this.file = file;
    this.directory = directory;
    this.urn = urn;
    for (ZipMember member : directory.members()) {
      byFoldedName.putIfAbsent(folded(decoded(member.name())), member);
    }
  }

  /** Empty when the file is no AFF4 volume. */
  static Optional<Aff4Volume> read(ByteSource file) throws IOException {
    Optional<ZipDirectory> zip = ZipDirectory.read(file);
    if (zip.isEmpty()) {
      return Optional.empty();
    }
    ZipDirectory directory = zip.get();
    String urn = directory.comment();
    Optional<ZipMember> description = directory.find("container.description");
    if (description.isPresent()) {
      urn = new String(directory.content(description.get()), StandardCharsets.UTF_8);
    }
    urn = urn.replace("\0", "").strip();
    boolean named = urn.startsWith("aff4://");
    if (!named && directory.find(METADATA).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Aff4Volume(file, directory, named ? urn : "aff4://unnamed"));
  }

  String file() {
    return file.name();
  }

  String urn() {
    return urn;
  }

  ZipDirectory directory() {
    return directory;
  }

  Optional<byte[]> metadata() throws IOException {
    Optional<ZipMember> member = directory.find(METADATA);
    return member.isPresent() ? Optional.of(directory.content(member.get())) : Optional.empty();
  }

  /** The member that stands for a name, however the writer spelled it. */
  Optional<ZipMember> find(String name) {
    Optional<ZipMember> exact = directory.find(name);
    if (exact.isPresent()) {
      return exact;
    }
    String relative = name.startsWith(urn + "/") ? name.substring(urn.length() + 1) : name;
    Optional<ZipMember> member = directory.find(relative);
    if (member.isPresent()) {
      return member;
    }
    ZipMember folded = byFoldedName.get(folded(decoded(relative)));
    return Optional.ofNullable(folded != null ? folded : byFoldedName.get(folded(decoded(name))));
  }

  /** Writers differ in slashes and case; AXIOM writes backslashes. */
  private static String folded(String name) {
    String slashes = name.replace('\\', '/').toLowerCase(Locale.ROOT);
    return slashes.startsWith("/") ? slashes.substring(1) : slashes;
  }

  /** Percent signs with two digits behind them stand for a byte. */
  private static String decoded(String name) {
    if (name.indexOf('%') < 0) {
      return name;
    }
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      if (bytes[i] == '%' && high >= 0 && low >= 0) {
        out[length++] = (byte) (high * 16 + low);
        i += 2;
      } else {
        out[length++] = bytes[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
