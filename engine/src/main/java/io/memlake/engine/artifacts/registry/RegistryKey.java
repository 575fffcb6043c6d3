package io.memlake.engine.artifacts.registry;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.registry.Hive;
import io.memlake.engine.objects.registry.KeyNode;
import io.memlake.engine.objects.registry.ValueData;
import io.memlake.engine.objects.registry.ValueNode;
import io.memlake.engine.objects.registry.ValueText;
import io.memlake.engine.objects.registry.ValueTypes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A key for those who know what its values mean. What cannot be read is as if it were not there:
 * the walk of the whole hive reports it.
 */
public final class RegistryKey {
  private final Hive hive;
  private final KeyNode node;
  private final String path;
  private List<ValueNode> values;

  RegistryKey(Hive hive, KeyNode node, String path) {
    this.hive = hive;
    this.node = node;
    this.path = path;
  }

  /** Path below the root of the hive; empty for the root. */
  public String path() {
    return path;
  }

  /** Last name of the path. */
  public String name() {
    return node.name();
  }

  /** Index of its cell. */
  public int cell() {
    return node.cell();
  }

  /** When the key was last changed; null when it does not say. */
  public Instant written() {
    return FileTimes.instant(node.lastWritten());
  }

  /** Subkeys in the order of their lists. */
  public List<RegistryKey> subkeys() throws IOException {
    List<RegistryKey> found = new ArrayList<>();
    for (int cell : hive.subkeyCells(node, gap -> {})) {
      Optional<KeyNode> key = hive.key(cell, gap -> {});
      if (key.isPresent()) {
        found.add(below(key.get()));
      }
    }
    return found;
  }

  /**
   * Tells the names of the subkeys that can be read.
   *
   * @return whether these are all: no list and no key is missing, and there are as many as counted
   */
  boolean forEachSubkeyName(Consumer<String> names) throws IOException {
    boolean[] gaps = new boolean[1];
    int told = 0;
    for (int cell : hive.subkeyCells(node, gap -> gaps[0] = true)) {
      Optional<KeyNode> key = hive.key(cell, gap -> gaps[0] = true);
      if (key.isPresent()) {
        names.accept(key.get().name());
        told++;
      }
    }
    return !gaps[0] && told >= node.stableSubkeys();
  }

  /** The key at a path below; empty when any key of it is missing. */
  public Optional<RegistryKey> find(String below) throws IOException {
    RegistryKey at = this;
    for (String name : below.split("\\\\", -1)) {
      Optional<KeyNode> key = hive.subkey(at.node, name, gap -> {});
      if (key.isEmpty()) {
        return Optional.empty();
      }
      at = at.below(key.get());
    }
    return Optional.of(at);
  }

  private RegistryKey below(KeyNode key) {
    return new RegistryKey(hive, key, path.isEmpty() ? key.name() : path + '\\' + key.name());
  }

  /** Values in the order of their list. */
  public List<ValueNode> values() throws IOException {
    if (values == null) {
      values = hive.values(node, gap -> {});
    }
    return values;
  }

  /** The class name; empty when there is none. */
  public String className() throws IOException {
    return hive.className(node, gap -> {}).orElse("");
  }

  private Optional<ValueNode> value(String name) throws IOException {
    String wanted = name.toUpperCase(Locale.ROOT);
    return values().stream()
        .filter(value -> value.name().toUpperCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  /** Data of a value whose every byte can be read. */
  public Optional<byte[]> bytes(ValueNode value) throws IOException {
    ValueData data = hive.data(value, gap -> {});
    return data.complete() ? Optional.of(data.bytes()) : Optional.empty();
  }

  /** Data of the value of a name; empty when it is missing or not whole. */
  public Optional<byte[]> bytes(String name) throws IOException {
    Optional<ValueNode> value = value(name);
    return value.isEmpty() ? Optional.empty() : bytes(value.get());
  }

  /** A value as text, whatever its type; null when it is missing, empty or not whole. */
  public String text(String name) throws IOException {
    Optional<ValueNode> value = value(name);
    return value.isEmpty() ? null : text(value.get());
  }

  /** A value as text, whatever its type; null when it is empty or not whole. */
  public String text(ValueNode value) throws IOException {
    Optional<byte[]> data = bytes(value);
    if (data.isEmpty()) {
      return null;
    }
    String text = ValueText.of(value.type(), data.get(), ValueText.MAX_CHARACTERS).text();
    return text.isEmpty() ? null : text;
  }

  /** The texts of a REG_MULTI_SZ, or the one text of another type; empty when there is none. */
  public List<String> texts(String name) throws IOException {
    Optional<ValueNode> value = value(name);
    String text = value.isEmpty() ? null : text(value.get());
    if (text == null) {
      return List.of();
    }
    return value.get().type() == ValueTypes.MULTI_SZ
        ? List.of(text.split("\\|", -1)).stream().filter(part -> !part.isEmpty()).toList()
        : List.of(text);
  }

  /** A number of 4 or 8 bytes; null when it is missing or something else. */
  public Long number(String name) throws IOException {
    byte[] data = bytes(name).orElse(new byte[0]);
    return switch (data.length) {
      case Integer.BYTES -> LittleEndian.u32(data, 0);
      case Long.BYTES -> LittleEndian.i64(data, 0);
      default -> null;
    };
  }

  /** A small number; null when it is missing, larger or something else. */
  public Integer integer(String name) throws IOException {
    Long number = number(name);
    return number == null || number != number.intValue() ? null : number.intValue();
  }

  /** A FILETIME in the first 8 bytes of a value; null when it is missing or 0. */
  public Instant time(String name) throws IOException {
    byte[] data = bytes(name).orElse(new byte[0]);
    return data.length < Long.BYTES ? null : FileTimes.instant(LittleEndian.i64(data, 0));
  }

  /** Seconds since 1970 in a value; null when it is missing or 0. */
  public Instant unixTime(String name) throws IOException {
    Long seconds = number(name);
    return seconds == null || seconds == 0 ? null : Instant.ofEpochSecond(seconds);
  }
}
