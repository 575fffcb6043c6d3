package io.memlake.engine.image.aff4;

import io.memlake.engine.image.CorruptImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.rio.RDFHandlerException;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.helpers.AbstractRDFHandler;
import org.eclipse.rdf4j.rio.helpers.BasicParserSettings;
import org.eclipse.rdf4j.rio.turtle.TurtleParser;

/**
 * The metadata of one or more volumes: subjects with attributes. Attributes are known by the last
 * part of their name, since the generations use different namespaces for the same words.
 */
final class Aff4Graph {

  /** Statements in one volume; an image has a few hundred, a logical container many more. */
  private static final int MAX_STATEMENTS = 1 << 20;

  private static final String TYPE = "type";

  private final Map<String, Map<String, Set<String>>> subjects = new LinkedHashMap<>();
  private int statements;

  /**
   * Adds the metadata of a volume.
   *
   * @param volume name of the volume, against which relative names are resolved
   */
  void add(String file, String volume, byte[] turtle) throws IOException {
    TurtleParser parser = new TurtleParser();
    parser.set(BasicParserSettings.VERIFY_URI_SYNTAX, false);
    parser.set(BasicParserSettings.VERIFY_RELATIVE_URIS, false);
    parser.set(BasicParserSettings.VERIFY_DATATYPE_VALUES, false);
    parser.set(BasicParserSettings.FAIL_ON_UNKNOWN_DATATYPES, false);
    parser.setRDFHandler(
        new AbstractRDFHandler() {
          @Override
          public void handleStatement(Statement statement) {
            if (++statements > MAX_STATEMENTS) {
              throw new RDFHandlerException("it has more than " + MAX_STATEMENTS + " statements");
            }
            subjects
                .computeIfAbsent(
                    absolute(volume, statement.getSubject().stringValue()),
                    s -> new LinkedHashMap<>())
                .computeIfAbsent(
                    lastPart(statement.getPredicate().stringValue()), p -> new LinkedHashSet<>())
                .add(statement.getObject().stringValue());
          }
        });
    try {
      parser.parse(new ByteArrayInputStream(turtle), volume);
    } catch (RDFParseException | RDFHandlerException | IllegalArgumentException e) {
      throw new CorruptImageException(
          file, 0, "its metadata (information.turtle) cannot be parsed: " + e.getMessage());
    }
  }

  /** Names with a drive letter are not taken for relative ones by the parser. */
  private static String absolute(String volume, String name) {
    return name.startsWith("/") ? volume + name : name;
  }

  static String lastPart(String name) {
    int at = Math.max(name.lastIndexOf('#'), name.lastIndexOf('/'));
    return name.substring(at + 1);
  }

  /** Subjects of one of the types, types being known by the last part of their name. */
  List<String> ofType(String... types) {
    List<String> found = new ArrayList<>();
    subjects.forEach(
        (subject, attributes) -> {
          for (String object : attributes.getOrDefault(TYPE, Set.of())) {
            for (String type : types) {
              if (lastPart(object).equals(type) && !found.contains(subject)) {
                found.add(subject);
              }
            }
          }
        });
    return found;
  }

  /** Whether a subject is of one of the types. */
  boolean isOfType(String subject, String... types) {
    for (String object : values(subject, TYPE)) {
      for (String type : types) {
        if (lastPart(object).equals(type)) {
          return true;
        }
      }
    }
    return false;
  }

  /** All subjects in the order in which they were met. */
  Set<String> subjects() {
    return subjects.keySet();
  }

  /** All values of an attribute. */
  Set<String> values(String subject, String attribute) {
    return subjects.getOrDefault(subject, Map.of()).getOrDefault(attribute, Set.of());
  }

  /** The first value of the first attribute that is there. */
  Optional<String> value(String subject, String... attributes) {
    for (String attribute : attributes) {
      for (String value : values(subject, attribute)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** The first value that is a number of at least 0. */
  OptionalLong number(String subject, String... attributes) {
    Optional<String> value = value(subject, attributes);
    if (value.isPresent()) {
      try {
        long number = Long.parseLong(value.get().trim());
        return number >= 0 ? OptionalLong.of(number) : OptionalLong.empty();
      } catch (NumberFormatException e) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }
}
