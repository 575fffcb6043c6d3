package io.memlake.jobs.web;

import java.io.IOException;
import java.io.Writer;

/**
 * A page around data that its script draws.
 *
 * @param title what the tab shows until the script names it
 * @param style its style
 * @param script its script
 */
public record Page(String title, PageAsset style, PageAsset script) {

  /** Writes the data of a page. */
  @FunctionalInterface
  public interface Data {
    /** Writes one JSON object. */
    void write(PageJson json) throws IOException;
  }

  /**
   * The content security policy: nothing but this style and this script, no network but {@code
   * connections}.
   */
  public String policy(String connections) {
    return "default-src 'none'; script-src "
        + script.policy()
        + "; style-src "
        + style.policy()
        + "; img-src data:; connect-src "
        + connections
        + "; base-uri 'none'; form-action 'none'";
  }

  /** Writes the page; the title is no text of others, for it is not escaped. */
  public void write(Writer out, String connections, Data data) throws IOException {
    out.write(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="data:,">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        <noscript>This page draws its tables with the script that it carries; scripts are \
        switched off.</noscript>
        <script type="application/json" id="data">"""
            .formatted(policy(connections), title, style.text()));
    try (PageJson json = new PageJson(out)) {
      data.write(json);
    }
    out.write("</script>\n<script>" + script.text() + "</script>\n</body>\n</html>\n");
  }
}
