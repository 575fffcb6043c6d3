package io.memlake.jobs.hunt.indicator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Reads indicator files of any kind, told by their content. */
public final class IndicatorFiles {
  /** A larger file is no list of indicators. */
  private static final long MAX_BYTES = 512L << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private IndicatorFiles() {}

  /**
   * Adds the indicators of a file to {@code set}, and what is none as rejected.
   *
   * @param now the time at which indicators must be valid
   * @throws IOException when the file cannot be read
   */
  public static void read(Path file, IndicatorSet set, Instant now) throws IOException {
    String name = String.valueOf(file.getFileName());
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      set.reject(name, "skipped", "it has " + size + " bytes, more than " + MAX_BYTES);
      return;
    }
    byte[] bytes = Files.readAllBytes(file);
    read(name, bytes, set, now);
  }

  static void read(String name, byte[] bytes, IndicatorSet set, Instant now) {
    int start = bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB ? 3 : 0;
    while (start < bytes.length && Character.isWhitespace(bytes[start])) {
      start++;
    }
    if (start < bytes.length
        && (bytes[start] == '{' || bytes[start] == '[')
        && looksLikeJson(bytes, start)) {
      json(name, bytes, start, set, now);
    } else {
      String text = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
      new ListReader(name, set, now).read(text);
    }
  }

  /** A list may begin with a defanged bracket; an object begins with a name or a value. */
  private static boolean looksLikeJson(byte[] bytes, int start) {
    for (int i = start + 1; i < bytes.length; i++) {
      if (!Character.isWhitespace(bytes[i])) {
        return bytes[i] == '"'
            || bytes[i] == '{'
            || bytes[i] == '}'
            || bytes[i] == '['
            || bytes[i] == ']';
      }
    }
    return true;
  }

  private static void json(String name, byte[] bytes, int start, IndicatorSet set, Instant now) {
    JsonNode root;
    try {
      root = JSON.readTree(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      set.reject(name, "malformed", "not JSON" + where + ": " + e.getOriginalMessage());
      return;
    }
    if (StixReader.accepts(root)) {
      new StixReader(name, set, now).read(root);
    } else if (MispReader.accepts(root)) {
      new MispReader(name, set).read(root);
    } else {
      set.reject(name, "malformed", "JSON that is neither a STIX bundle nor a MISP event");
    }
  }
}
