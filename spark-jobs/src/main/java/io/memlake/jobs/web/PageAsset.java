package io.memlake.jobs.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A style or script that stands inside a page.
 *
 * @param text what it says, exactly as the page holds it
 * @param policy the source of a content security policy that allows it and nothing else
 */
public record PageAsset(String text, String policy) {

  /** Reads files of {@code resources/web} as one asset. */
  public static PageAsset of(String... files) {
    StringBuilder text = new StringBuilder();
    for (String file : files) {
      text.append(read("/web/" + file));
    }
    return new PageAsset(text.toString(), "'sha256-" + hash(text.toString()) + "'");
  }

  private static String read(String resource) {
    try (InputStream file = PageAsset.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("The program lacks " + resource);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
