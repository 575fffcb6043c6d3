package io.memlake.engine.objects.eventlog;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Templates of all chunks read so far, for records whose own chunk is not there. Templates are
 * named by the first four bytes of their GUID, which is enough to tell those of one host apart; a
 * match must also ask for no more values than the record has. Not for several threads.
 */
public final class TemplateStore {
  /** Templates that are kept; the oldest go first. Whole Windows has some ten thousand events. */
  private static final int MAX_TEMPLATES = 20_000;

  private final Map<Integer, Template> templates =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Template> eldest) {
          return size() > MAX_TEMPLATES;
        }
      };

  /** An empty store. */
  public TemplateStore() {}

  /** How many templates it knows. */
  public int size() {
    return templates.size();
  }

  void learn(Template template) {
    templates.putIfAbsent(template.id(), template);
  }

  Optional<Template> find(int id, int values) {
    return Optional.ofNullable(templates.get(id))
        .filter(template -> template.substitutions() <= values)
        .map(Template::fromOtherChunk);
  }
}
