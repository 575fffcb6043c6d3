package io.memlake.engine.objects.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Names of kinds of devices, out of {@code device-types.tsv}. */
public final class DeviceTypes {
  private static final String RESOURCE = "device-types.tsv";
  private static final Map<Long, String> NAMES = load();

  private DeviceTypes() {}

  /** The name of a number; numbers from 0x8000 on belong to vendors and read {@code UNKNOWN}. */
  public static String name(long type) {
    return NAMES.getOrDefault(type, "UNKNOWN");
  }

  private static Map<Long, String> load() {
    try (InputStream in = DeviceTypes.class.getResourceAsStream(RESOURCE)) {
      Map<Long, String> names = new HashMap<>();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(found -> !found.startsWith("#")).toList()) {
        String[] cells = line.split("\t", -1);
        names.put(Long.parseLong(cells[0], 16), "FILE_DEVICE_" + cells[1]);
      }
      return Map.copyOf(names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
