package io.memlake.testdata.registry;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A key with its values and subkeys, to be written as a hive. */
public final class HiveTree {

  private static final int SZ = 1;
  private static final int EXPAND_SZ = 2;
  private static final int BINARY = 3;
  private static final int DWORD = 4;
  private static final int MULTI_SZ = 7;
  private static final int QWORD = 11;

  final String name;
  final Map<String, HiveTree> subkeys = new TreeMap<>();
  final List<Value> values = new ArrayList<>();
  boolean unstable;
  String className = "";
  Instant written = Instant.parse("2024-03-05T08:00:00Z");

  /** A value as it is written. */
  static final class Value {
    final String name;
    final int type;
    final byte[] data;

    Value(String name, int type, byte[] data) {
      this.name = name;
      this.type = type;
      this.data = data.clone();
    }
  }

  private HiveTree(String name) {
    this.name = name;
  }

  /** A root key. */
  public static HiveTree root(String name) {
    return new HiveTree(name);
  }

  /** The subkey at a path below, made where it is missing; volatile below a volatile key. */
  public HiveTree key(String path) {
    HiveTree at = this;
    for (String part : path.split("\\\\", -1)) {
      HiveTree parent = at;
      at =
          at.subkeys.computeIfAbsent(
              part.toUpperCase(Locale.ROOT),
              upper -> {
                HiveTree made = new HiveTree(part);
                made.unstable = parent.unstable;
                made.written = parent.written;
                return made;
              });
    }
    return at;
  }

  /** Makes the key, and those made below it from now on, volatile. */
  public HiveTree volatileKey() {
    unstable = true;
    return this;
  }

  /** Sets when the key was last changed; keys made below it from now on inherit it. */
  public HiveTree written(Instant time) {
    written = time;
    return this;
  }

  /** Sets the class name. */
  public HiveTree className(String text) {
    className = text;
    return this;
  }

  /** Adds a REG_SZ. */
  public HiveTree text(String valueName, String data) {
    return value(valueName, SZ, utf16(data + "\0"));
  }

  /** Adds a REG_EXPAND_SZ. */
  public HiveTree expandText(String valueName, String data) {
    return value(valueName, EXPAND_SZ, utf16(data + "\0"));
  }

  /** Adds a REG_MULTI_SZ. */
  public HiveTree texts(String valueName, String... data) {
    return value(valueName, MULTI_SZ, utf16(String.join("\0", data) + "\0\0"));
  }

  /** Adds a REG_DWORD. */
  public HiveTree number(String valueName, int data) {
    return value(valueName, DWORD, little(data, Integer.BYTES));
  }

  /** Adds a REG_QWORD. */
  public HiveTree longNumber(String valueName, long data) {
    return value(valueName, QWORD, little(data, Long.BYTES));
  }

  /** Adds a REG_BINARY. */
  public HiveTree bytes(String valueName, byte[] data) {
    return value(valueName, BINARY, data);
  }

  /** Adds a value of any type. */
  public HiveTree value(String valueName, int type, byte[] data) {
    values.add(new Value(valueName, type, data));
    return this;
  }

  private static byte[] utf16(String text) {
    return text.getBytes(StandardCharsets.UTF_16LE);
  }

  private static byte[] little(long number, int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (number >>> (8 * i));
    }
    return bytes;
  }
}
