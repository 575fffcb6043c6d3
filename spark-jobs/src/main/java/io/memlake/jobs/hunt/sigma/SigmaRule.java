package io.memlake.jobs.hunt.sigma;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A rule as its file has it.
 *
 * @param id its UUID, or the name of its file
 * @param title its title
 * @param level informational to critical
 * @param status its maturity, or null
 * @param techniques MITRE ATT&amp;CK techniques of its tags, sorted
 * @param category log source
 * @param product log source
 * @param service log source
 * @param detection the searches and the condition
 * @param file where it comes from
 */
record SigmaRule(
    String id,
    String title,
    String level,
    String status,
    List<String> techniques,
    String category,
    String product,
    String service,
    JsonNode detection,
    String file) {

  /** The log source in one word. */
  String logsource() {
    StringBuilder text = new StringBuilder();
    for (String part : new String[] {product, category, service}) {
      if (!part.isEmpty()) {
        text.append(text.isEmpty() ? "" : "/").append(part);
      }
    }
    return text.toString();
  }
}
